"""The maker of maps that the house is wired with; what draws is loaded only when a map is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wayhome.usecases.search.map_plan import MapPlan


class Maps:
    """Obeys `usecases.ports.MapMaker`."""

    def make(self, plan: MapPlan, form: str, *, progress: Callable[[int, int], None] | None = None) -> bytes:
        """The file's bytes. Raises ValueError for a form that is none of `map_plan.FORMS`."""
        match form:
            case "png":
                from wayhome.links.map_picture import png

                return png(plan, progress)
            case "pdf":
                from wayhome.links.map_picture import pdf

                return pdf(plan, progress)
            case "tif":
                from wayhome.links.map_files import geotiff

                return geotiff(plan)
            case "geojson":
                from wayhome.links.map_files import geojson

                return geojson(plan)
            case _:
                raise ValueError(f"there is no form {form!r} of a map")

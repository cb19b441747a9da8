/** What the desk uses of the package utm, which brings no types of its own. */
export function fromLatLon(
  latitude: number, longitude: number, forceZone?: number,
): { easting: number; northing: number; zoneNum: number; zoneLetter: string };
export function toLatLon(
  easting: number, northing: number, zoneNum: number, zoneLetter?: string, northern?: boolean, strict?: boolean,
): { latitude: number; longitude: number };

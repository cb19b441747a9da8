#!/usr/bin/env bash
# Where is he, and who searches where: a hiker gone for five hours in Andorra, on the command line alone.
#
#   examples/andorra_search.sh TERRAIN_FOLDER [WORK_FOLDER]
#
# TERRAIN_FOLDER holds N42E001.hgt.zip, N41E001.hgt.zip (SRTM) and andorra.osm.pbf (OpenStreetMap).
# The roster is synthetic, and so are the hiker and the dog. The pictures lie in WORK_FOLDER afterwards: look at them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ground=$(cd "${1:?give the folder with the terrain}" && pwd)
work=${2:-andorra-search}
if [ -e "$work" ]; then echo "$work is there already: name another folder, or take it away" >&2; exit 1; fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

export WAYHOME_DATA="$work/post"
export WAYHOME_PASSPHRASE="an example passphrase, not a secret"
export WAYHOME_PASSWORD="an example password"
export XDG_STATE_HOME="$work/state"            # who is signed in, kept out of your own home
export TZ=Europe/Andorra
PATH="$here/../.venv/bin:$PATH"
M="Missing above Ordino"
step() { printf '\n== %s\n' "$*"; }
ago() { date -d "$1 ago" +%FT%H:%M; }
# As it will be six hours after he was seen: one moment for all maps, so that they can be held against each other.
map() { wayhome search map "$M" "$work/$1" --hours 6 --ecoregion temperate --country mountainous | tee "$work/$1.txt"; }
code() { grep -oE 'Map [0-9a-f]+' "$work/$1.txt" | head -n 1; }

step "An organisation, the ground, the alarm"
wayhome init --name "Andorra county rescue" --zone Europe/Andorra --profile county --founder "Duty officer (synthetic)"
wayhome import roster "$here/county_roster_synthetic.csv" --qualifications "$here/county_qualifications_synthetic.csv"
wayhome terrain import andorra "$ground"/N42E001.hgt.zip "$ground"/N41E001.hgt.zip "$ground"/andorra.osm.pbf \
  --centre 42.5750,1.5600 --radius-km 9
wayhome mission new "$M" --rank "urgent search" --place 42.5560,1.5330 --alarm "a hiker did not come back to Ordino"
wayhome mission subject "$M" name="the hiker (synthetic)" age=41 activity=hiking --category Hiker
wayhome mission ipp "$M" 42.5700,1.5600 --seen "$(ago '5 hours')" --basis "a shepherd spoke with him"

step "Where he may be"
map before.png

step "What was done and seen so far: each piece moves the map"
wayhome draw segment "$M" North 42.582,1.545 42.582,1.575 42.600,1.575 42.600,1.545
wayhome draw segment "$M" Pass 42.560,1.575 42.560,1.600 42.580,1.600 42.580,1.575
wayhome search evidence area "$M" North --pod 0.7 --from "$(ago '2 hours')" --until "$(ago '1 hour')"
wayhome clue add "$M" "walking stick, as his" --place 42.5690,1.5790 --do "photograph"
wayhome clue weigh "$M" 1 --anothers 0.3 --left-from "$(ago '4 hours')"
wayhome search dog lend "$M" Neu "Duty officer (synthetic)" --words "with me now" --article "his cap"
wayhome search evidence bearing "$M" Neu 42.5660,1.5840 --degrees 60 --wind-from 80 --wind 3
map after.png

step "The dog was wrong: withdrawn, the map is what it was without it; withdrawn as well, the rest leaves the first map"
wayhome search evidence list "$M"
wayhome search evidence withdraw "$M" E2 --reason "it followed a fox"
wayhome search evidence withdraw "$M" E1 --reason "the wrong segment was reported"
wayhome clue withdraw "$M" 1 --reason "it was the shepherd's"
map again.png
echo "before: $(code before.png), with evidence: $(code after.png), all of it withdrawn: $(code again.png)"

step "Who searches where in the next six hours"
teams=(--ours "Alpha@42.5560,1.5330" --ours "Bravo@42.5930,1.5480 width=60" --ours "Charlie@42.5660,1.5970 from=1 hours=4"
  --ours "Delta@42.5560,1.5330 dog")
wayhome search plan "$M" "$work/plan.png" "${teams[@]}"
wayhome search plan "$M" "$work/segments.png" --segments "${teams[@]:0:4}"

step "Whom to post where, so that he comes by somebody"
wayhome search contain "$M" "$work/posts.png" "${teams[@]}"
echo
echo "Look at the pictures in $work"

#!/usr/bin/env bash
# A missing hiker in Andorra, from the alarm until everyone is home, on the command line alone.
#
#   examples/andorra_rescue.sh TERRAIN_FOLDER [WORK_FOLDER]
#
# TERRAIN_FOLDER holds N42E001.hgt.zip, N41E001.hgt.zip (SRTM) and andorra.osm.pbf (OpenStreetMap).
# The roster is synthetic, and so is the hiker. What it makes lies in WORK_FOLDER afterwards: look at it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ground=$(cd "${1:?give the folder with the terrain}" && pwd)
work=${2:-andorra-rescue}
if [ -e "$work" ]; then echo "$work is there already: name another folder, or take it away" >&2; exit 1; fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

export WAYHOME_DATA="$work/post1"              # the first laptop
export WAYHOME_PASSPHRASE="an example passphrase, not a secret"
export WAYHOME_PASSWORD="an example password"
export XDG_STATE_HOME="$work/state"            # who is signed in, kept out of your own home
export TZ=Europe/Andorra
PATH="$here/../.venv/bin:$PATH"
M="Missing on Coma Pedrosa"
step() { printf '\n== %s\n' "$*"; }

step "The first laptop: an organisation, its roster, the ground"
wayhome init --name "Andorra county rescue" --zone Europe/Andorra --profile county --founder "Duty officer (synthetic)"
wayhome import roster "$here/county_roster_synthetic.csv" --qualifications "$here/county_qualifications_synthetic.csv"
wayhome vehicle add "Rescue 1" --what "four-wheel drive" --seats 8
wayhome terrain import andorra "$ground"/N42E001.hgt.zip "$ground"/N41E001.hgt.zip "$ground"/andorra.osm.pbf \
  --centre 42.5850,1.4600 --radius-km 9

step "The alarm becomes a mission"
wayhome mission new "$M" --rank "urgent search" --place 42.5720,1.4840 \
  --alarm "hut warden: hiker left for the peak before noon, has not come back, phone dead"
wayhome report hear "$M" --source "hut warden" --grade seen --sure 90 "left the hut for the peak with a red pack"
wayhome report hear "$M" --source "two walkers" --grade hearsay --sure 40 "somebody heard shouting near the lake"
wayhome mission subject "$M" name="the hiker (synthetic)" age=58 activity=hiking --category Hiker
wayhome mission urgency "$M" subjects=alone age=adult experience="experienced, new area" terrain=hazardous \
  weather="bad within 8 h" overdue="4 to 12 h"
wayhome mission ipp "$M" 42.5790,1.4520 --seen "$(date -d '5 hours ago' +%FT%H:%M)" --basis "the hut warden saw him leave"
wayhome mission situation "$M"

step "A first map: how far he can have come"
wayhome search map "$M" "$work/where.png" --ecoregion temperate --country mountainous
wayhome search map "$M" "$work/where.tif"

step "Who goes: nine people in three teams, a medic, a dog, somebody who can rope"
wayhome mission plan "$M" --people 9-9 --need medical:3:2 --need "dog handling:4:1" --need rope:3:1 --need leading:3:3 \
  --home-by "tomorrow 04:00"
wayhome propose "$M" --base 42.5063,1.5218 --offer-by +30m --post "search team"
offered() { wayhome offer list "$M" --json | python3 -c 'import json, sys; print("\n".join(o["member_name"] for o in json.load(sys.stdin)))'; }
mapfile -t team < <(offered)
wayhome offer list "$M"

step "They answer by phone, are briefed, and acknowledge"
wayhome mission brief "$M" "Search from the hut towards the peak and the lake. Meet at Arinsal. Turn back in a storm." \
  --caution "wet rock above the lake" --caution "cloud from 17:00: nobody alone"
for name in "${team[@]}"; do
  wayhome offer answer "$M to $name" accepted --channel phone
  wayhome mission acknowledge "$M" "$name" --channel radio
done
wayhome team form "$M" 1 "${team[0]}" "${team[1]}" "${team[2]}" --leader "${team[0]}" --overdue 45
wayhome team form "$M" 2 "${team[3]}" "${team[4]}" "${team[5]}" --leader "${team[3]}" --overdue 45
wayhome team form "$M" 3 "${team[6]}" "${team[7]}" "${team[8]}" --leader "${team[6]}" --overdue 45
wayhome field vehicle-take "$M" "Rescue 1"
for name in "${team[@]}"; do wayhome field depart "$M" "$name"; done

step "The log: forty lines, the first half on this laptop"
head -20 "$here/andorra_log.txt" | wayhome log read "$M" -

step "A second laptop, made of a backup, works apart for a while"
wayhome backup "$work/for-post2.backup"
WAYHOME_DATA="$work/post2" wayhome restore "$work/for-post2.backup"
post2() { WAYHOME_DATA="$work/post2" wayhome "$@"; }
post2 login "Duty officer (synthetic)"
tail -20 "$here/andorra_log.txt" | post2 log read "$M" -
post2 clue add "$M" "boot print, heel worn on the outside" --place 42.5849,1.4519 --do "photograph"
wayhome clue add "$M" "rope end, old" --place 42.5800,1.4600 --do "disregard"

step "The two laptops exchange what they wrote, each to the other"
wayhome exchange "$work/from-post1.exchange"
post2 exchange "$work/from-post2.exchange"
wayhome merge "$work/from-post2.exchange"
post2 merge "$work/from-post1.exchange"
wayhome clue list "$M"
wayhome mission conflicts "$M"

step "The casualty"
wayhome casualty list "$M"
wayhome field found "$M" "the hiker (synthetic)" --state hurt --place 42.5861,1.4502
wayhome search map "$M" "$work/found.png" --ecoregion temperate --country mountainous

step "Closing is refused while anybody is out"
if wayhome mission close "$M" --reason "found, carried out"; then echo "that should not have closed" >&2; exit 1; fi

step "Everyone home, one by one"
for name in "${team[@]:1}"; do
  wayhome field start-home "$M" "$name" --by +2h
  wayhome field home "$M" "$name" --channel phone
done
wayhome field handover "$M" "${team[0]}" --to "the clinic at Escaldes, twisted ankle"
wayhome field vehicle-release "$M" "Rescue 1"
wayhome field out "$M"

step "The report, draft and official, and the log on paper"
wayhome report draft "$M" "Hiker found above the hut with a broken ankle. One of ours hurt an ankle. Nobody missing."
wayhome report official "$M" "Hiker found alive above the hut at dusk with a broken ankle, carried out and handed to the ambulance. One of ours was hurt (ankle) and taken to the clinic. Nobody missing."
wayhome report pdf "$M" "$work/report.pdf"
wayhome report log-pdf "$M" "$work/log.pdf"
wayhome export log "$M" "$work/log.csv"

step "Closed, and the record checks"
wayhome mission close "$M" --reason "found alive, carried out, everyone home or handed over"
wayhome verify
echo
echo "Look at $work/where.png, $work/found.png, $work/report.pdf and $work/log.pdf"

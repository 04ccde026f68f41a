# Prints the table "Releases" of docs/performance.md with one row: the chief figures of a document that bench/all made. A figure that
# the document lacks is left empty.
#   awk -v version=0.1.0 -f bench/row.awk target/bench/performance.md
function add(list, figure) { return list == "" ? figure : list " / " figure }
function number(text) { gsub(/[^0-9.]/, "", text); return text }

/^# Figures of / { date = $4 }
/^## / { section = substr($0, 4) }
section == "Requests" && /median: countersign/ {
  split($0, figures, /rate |, p99 |, cpu |; pgbench/)
  requests = add(requests, figures[2] ", " figures[3] ", " figures[4])
}
section == "Ten million keys" && /^  median: / { scale = add(scale, $2) }
section == "Gate" && /median: gate/ && gate == "" { split($0, figures, /rate |, p99 /); gate = figures[2] }
section == "Start" && /^[|] (JVM|native)/ {
  split($0, columns, "|")
  first = add(first, number(columns[3]))
  resident = add(resident, number(columns[7]))
}
section == "Size" && /^[|] (jvm|native)/ { split($0, columns, "|"); size = add(size, number(columns[4])) }

END {
  missing = size ~ / \/ / ? "" : " (one image is missing)"
  print "| version | date | create / list / retrieve, as multiples of the raw server's rate, p99, CPU | ten million keys, as a multiple of the small table's rate: create / list / retrieve / DSN | gate, as a multiple of the bare route's rate | ms to the first 201, forms as in \"Start and size\" | MiB after 2,000 requests | MB an image adds to its base: JVM / native |"
  print "|---|---|---|---|---|---|---|---|"
  print "| " version " | " date " | " requests " | " scale " | " gate " | " first " | " resident " | " size missing " |"
}

-- Asks the gate as nginx does about random targets of a file. PATHS comes from the environment.
-- Prints one line: requests, microseconds, median and 99th percentile in microseconds, failures.
local most = 20000
local questions = {}
local route = "/api/countersign/v1/gate/original"

-- The questions are made before the load begins, so that the clients cost little.
function init()
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
  for line in io.lines(os.getenv("PATHS")) do
    questions[#questions + 1] = wrk.format("GET", route, { ["X-Original-URI"] = line, ["X-Original-Method"] = "POST" })
    if #questions == most then break end
  end
end

function request() return questions[math.random(#questions)] end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end

-- Sends requests to random paths of a file. METHOD, TOKEN and PATHS come from the environment.
-- Prints one line: requests, microseconds, median and 99th percentile in microseconds, failures.
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end

local method = os.getenv("METHOD")
local body = method == "POST" and '{"name": "Fabulous Key"}' or nil
local headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
if body then headers["Content-Type"] = "application/json" end

-- Each thread has its own state.
function init() math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000) end

function request() return wrk.format(method, paths[math.random(#paths)], headers, body) end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end

-- Sends tokens that are all different and all bad. TOKEN, a good one, and FLOOD come from the environment: "signature" gives the token
-- other signatures, "kid" names keys that nobody has. Prints what requests.lua prints; the answers are all 401 and count as right.
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local header, claims, signature = os.getenv("TOKEN"):match("([^.]+)%.([^.]+)%.([^.]+)")
local algorithm, unknown = os.getenv("ALGORITHM"), os.getenv("FLOOD") == "kid"

local function encode(text)
  return (text:gsub("..?.?", function(group)
    local a, b, c = group:byte(1, 3)
    local bits = a * 65536 + (b or 0) * 256 + (c or 0)
    local out = ""
    for i = 1, #group + 1 do
      local at = math.floor(bits / 64 ^ (4 - i)) % 64 + 1
      out = out .. alphabet:sub(at, at)
    end
    return out
  end))
end

local function random(length)
  local letters = {}
  for i = 1, length do
    local at = math.random(64)
    letters[i] = alphabet:sub(at, at)
  end
  return table.concat(letters)
end

function init() math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000) end

function request()
  local token
  if unknown then
    token = encode('{"alg":"' .. algorithm .. '","kid":"' .. random(12) .. '"}') .. "." .. claims .. "." .. signature
  else
    -- The last letter holds bits that must be zero.
    token = header .. "." .. claims .. "." .. random(24) .. signature:sub(25)
  end
  return wrk.format("GET", "/api/0/auth/", { ["Authorization"] = "Bearer " .. token })
end


function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.timeout))
end

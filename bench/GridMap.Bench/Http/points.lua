-- Asks one address about points anywhere in a box: wrk … -s points.lua URL -- PATH WEST SOUTH DEGREES
-- PATH is a format with two numbers, lon and lat; one without asks the same again and again.
local requests = {}
local next = 0

function init(args)
  math.randomseed(1)
  for i = 1, 20000 do
    local lon = args[2] + args[4] * math.random()
    local lat = args[3] + args[4] * math.random()
    requests[i] = wrk.format("GET", string.format(args[1], lon, lat))
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

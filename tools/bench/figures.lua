-- What wrk found, as one line that a program reads; times in microseconds.
done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "FIGURES %d %d %d %d %d %d %d\n",
        summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99), latency.max,
        errors.connect + errors.read + errors.write + errors.timeout, errors.status
    ))
end

-- Walk through the addresses given after "--", if there are any.
local addresses = {}
local place = 0

init = function(args)
    for index = 1, #args do
        addresses[index] = wrk.format(nil, args[index])
    end
    if #addresses == 0 then
        addresses[1] = wrk.format()
    end
end

request = function()
    place = place % #addresses + 1
    return addresses[place]
end

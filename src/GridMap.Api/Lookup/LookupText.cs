using GridMap.Api.Grids;
using GridMap.Core.Coordinates;
using GridMap.Core.Locating;

namespace GridMap.Api.Lookup;

/// <summary>Writes one <see cref="LookupResult"/> as the serializer would, from texts that are rendered already.</summary>
/// <param name="texts">Of the grids.</param>
/// <param name="instant">The present.</param>
internal readonly ref struct LookupText(SnapshotTexts texts, DateTimeOffset instant)
{
    // All that is written once, whatever the numbers; and one candidate without its text.
    private const int Frame = 512;
    private const int Numbers = 100;

    /// <summary>Writes an answer.</summary>
    /// <param name="room">At least as many bytes as it takes at <see cref="Most"/>.</param>
    /// <param name="point">As it was looked up.</param>
    /// <param name="answer">What was found.</param>
    /// <returns>The bytes that were written.</returns>
    public int Write(Span<byte> room, LonLat point, LookupAnswer answer)
    {
        var text = new Utf8Text(room);
        text.Add("{\"point\":{\"lon\":"u8);
        text.AddRounded(Math.Round(point.Lon, Position.Decimals), Position.Decimals);
        text.Add(",\"lat\":"u8);
        text.AddRounded(Math.Round(point.Lat, Position.Decimals), Position.Decimals);
        text.Add("},\"generation\":"u8);
        text.Add(texts.Snapshot.Generation.Number);
        text.Add(answer.Location.Match switch
        {
            PointMatch.Interior => ",\"match\":\"interior\",\"chain\":["u8,
            PointMatch.Boundary => ",\"match\":\"boundary\",\"chain\":["u8,
            _ => ",\"match\":\"outside\",\"chain\":["u8,
        });
        AddChain(ref text, answer);
        text.Add("],\"candidates\":["u8);
        AddCandidates(ref text, answer);
        text.Add("],\"outsideShare\":"u8);
        text.Add(answer.OutsideShare);
        text.Add(",\"nearest\":"u8);
        if (answer.Nearest is { } nearest)
        {
            AddPlace(ref text, nearest.Grid, nearest.Distance);
            text.Add("}"u8);
        }
        else
        {
            text.Add("null"u8);
        }

        text.Add(",\"borderDistance\":"u8);
        if (answer.BorderDistance is { } border)
        {
            AddMetres(ref text, border);
        }
        else
        {
            text.Add("null"u8);
        }

        text.Add("}"u8);
        return text.Length;
    }

    private void AddPlace(ref Utf8Text text, int grid, double distance)
    {
        text.Add("{"u8);
        text.Add(texts.Link(grid, instant).Place);
        text.Add(",\"distance\":"u8);
        AddMetres(ref text, distance);
    }

    private static void AddMetres(ref Utf8Text text, double metres) => text.AddRounded(LookupResult.Metres(metres), LookupResult.MetresDecimals);

    private void AddChain(ref Utf8Text text, LookupAnswer answer)
    {
        var chain = answer.Location.Chain;
        for (var i = 0; i < chain.Length; i++)
        {
            text.Add(i > 0 ? ","u8 : []);
            text.Add(texts.Link(chain[i], instant).Json);
        }
    }

    private void AddCandidates(ref Utf8Text text, LookupAnswer answer)
    {
        for (var i = 0; i < answer.Candidates.Count; i++)
        {
            var candidate = answer.Candidates[i];
            text.Add(i > 0 ? ","u8 : []);
            AddPlace(ref text, candidate.Grid, candidate.Distance);
            text.Add(",\"share\":"u8);
            text.Add(candidate.Share);
            text.Add("}"u8);
        }
    }

    /// <summary>
    /// The bytes that an answer takes at most. The texts that this asks for may be rendered anew before they are written, but hold at one
    /// instant, and so have one length.
    /// </summary>
    public int Most(LookupAnswer answer)
    {
        var most = Frame + (answer.Nearest is { } nearest ? texts.Link(nearest.Grid, instant).Place.Length : 0);
        foreach (var grid in answer.Location.Chain)
        {
            most += texts.Link(grid, instant).Json.Length + 1;
        }

        foreach (var candidate in answer.Candidates)
        {
            most += texts.Link(candidate.Grid, instant).Place.Length + Numbers;
        }

        return most;
    }
}

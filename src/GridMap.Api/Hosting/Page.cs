using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace GridMap.Api.Hosting;

/// <summary>One page of a list.</summary>
/// <param name="Items">In a stable order.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What a list is asked for; the cursor is opaque to callers and holds the last key seen.</summary>
internal static class Paging
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public static int Limit(int? asked) =>
        asked is null ? DefaultLimit
        : asked >= 1 ? Math.Min(asked.Value, MaxLimit)
        : throw new ProblemException(Problem.Bad("limit", "bad_limit", $"limit is a whole number from 1 to {MaxLimit}."));

    public static string Cursor(params string[] key) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(string.Join('\n', key)));

    /// <summary>The key that a cursor holds; null without one.</summary>
    /// <exception cref="ProblemException">It is not a cursor of this list.</exception>
    public static string[]? Key(string? cursor, int parts)
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            var key = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor)).Split('\n');
            if (key.Length == parts)
            {
                return key;
            }
        }
        catch (FormatException)
        {
            // Falls through to the refusal below: not base64url is one way of not being a cursor.
        }

        throw BadCursor();
    }

    /// <summary>A part of a key that is a number.</summary>
    /// <exception cref="ProblemException">It is not a cursor of this list.</exception>
    public static long Number(string part) => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw BadCursor();

    /// <summary>A part of a key that is a day.</summary>
    /// <exception cref="ProblemException">It is not a cursor of this list.</exception>
    public static DateOnly Day(string part) => DateOnly.TryParseExact(part, "yyyy-MM-dd", out var day) ? day : throw BadCursor();

    /// <summary>What is no cursor of the list that it is sent to.</summary>
    public static ProblemException BadCursor() =>
        new(Problem.Bad("cursor", "bad_cursor", "Use the value of `next` of the page before, unchanged."));

    /// <summary>Cuts a list that was read one longer than asked into a page.</summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> oneMore, int limit, Func<T, string[]> key) =>
        oneMore.Count <= limit
            ? new Page<T>(oneMore, null)
            : new Page<T>([.. oneMore.Take(limit)], Cursor(key(oneMore[limit - 1])));
}

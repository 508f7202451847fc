using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GridMap.Api.Issues;

/// <summary>The word in a link that only its holder has: 128 random bits. The database keeps its hash. Stateless.</summary>
internal static class TrackLink
{
    private const int Bytes = 16;

    /// <summary>A new word.</summary>
    public static string NewWord() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of it; null when it is no such word.</summary>
    public static byte[]? Hash(string word) => word.Length is > 0 and <= 64 ? SHA256.HashData(Encoding.UTF8.GetBytes(word)) : null;

    /// <summary>The page that it opens.</summary>
    public static string PathOf(string word) => $"/t/{word}";
}

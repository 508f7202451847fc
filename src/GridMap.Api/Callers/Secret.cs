using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace GridMap.Api.Callers;

/// <summary>Secrets that the service hands out once and keeps only hashed: 256 random bits, for which one round of SHA-256 is enough.</summary>
internal static class Secret
{
    /// <summary>How an API key begins, so that a lost one is recognised by scanners.</summary>
    public const string KeyPrefix = "gridmap_";

    private const int Bytes = 32;

    /// <summary>A new session's token.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A new API key.</summary>
    public static string NewKey() => KeyPrefix + NewToken();

    /// <summary>What is stored.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

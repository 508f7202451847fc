using System.Reflection;
using System.Security.Cryptography;
using GridMap.Api.Hosting;
using Microsoft.AspNetCore.Identity;

namespace GridMap.Api.Accounts;

/// <summary>Hashes passwords by ASP.NET Core's own hasher, and says which are good enough. Stateless and thread safe.</summary>
internal static class Passwords
{
    private const int Shortest = 8;
    private const int Longest = 200;
    private const int MadeLength = 16;

    // Without what is misread on paper or over the telephone.
    private const string MadeOf = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string DummyHash = Hasher.HashPassword("", Secret());
    private static readonly HashSet<string> Common = ReadCommon();

    /// <summary>What is stored.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>Whether it is the password; it takes as long when there is none to compare with.</summary>
    public static bool Verify(string? hash, string password)
    {
        var matches = Hasher.VerifyHashedPassword("", hash ?? DummyHash, password) != PasswordVerificationResult.Failed;
        return matches && hash is not null;
    }

    /// <summary>A password to be handed over once and changed.</summary>
    public static string Make() => Secret();

    /// <summary>
    /// Refuses what would be guessed first: too short, the name itself, or one of the passwords that everybody tries. What it is made
    /// of is its owner's choice.
    /// </summary>
    /// <exception cref="ProblemException">400.</exception>
    public static string Check(string? password, string field, string name)
    {
        if (password is not { Length: >= Shortest and <= Longest })
        {
            throw Bad(field, $"A password has {Shortest} to {Longest} characters; several words are easier to remember than signs.");
        }

        if (password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length - name.Length < Shortest)
        {
            throw Bad(field, "The password is little more than the name of the account. Choose another.");
        }

        return Common.Contains(password.ToLowerInvariant()) || password.Distinct().Count() < 3
            ? throw Bad(field, "That password is among the first that anybody tries. Choose another.")
            : password;
    }

    private static ProblemException Bad(string field, string detail) => new(Problem.Bad(field, "bad_password", detail));

    private static string Secret() => RandomNumberGenerator.GetString(MadeOf, MadeLength);

    private static HashSet<string> ReadCommon()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("GridMap.Api.Accounts.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}

using System.Security.Cryptography;
using System.Text;

namespace GridMap.Api.Hosting;

/// <summary>The first administrator's key, written by the first start to <c>admin-key</c> in the data folder, mode 600. Thread safe.</summary>
public sealed class AdminKey
{
    private const int ShortestKey = 24;

    private readonly byte[] hash;

    /// <exception cref="InvalidOperationException">The file holds no key, or one that could be guessed.</exception>
    public AdminKey(DataFolder folder)
    {
        var path = System.IO.Path.Combine(folder.Path, "admin-key");
        if (!File.Exists(path))
        {
            Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        var key = File.ReadAllText(path).Trim();
        if (key.Length < ShortestKey)
        {
            throw new InvalidOperationException(
                $"{path} holds {(key.Length == 0 ? "no key" : $"a key of {key.Length} characters")}; {ShortestKey} are the least. " +
                "Delete the file: the next start writes a new key. Or put one of your own in, from `openssl rand -hex 32`.");
        }

        hash = Hash(key);
    }

    /// <summary>Whether this is the key, in constant time.</summary>
    public bool Matches(string key) => key.Length >= ShortestKey && CryptographicOperations.FixedTimeEquals(Hash(key), hash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    // Written beside and moved into place: two processes that start at once agree on the one that came first.
    private static void Write(string path, string key)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        using (var stream = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            stream.Write(Encoding.ASCII.GetBytes(key + "\n"));
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}

using System.Security.Cryptography;
using System.Text;

namespace GridMap.Api.Hosting;

/// <summary>The first administrator's key, written by the first start to <c>admin-key</c> in the data folder, mode 600. Thread safe.</summary>
public sealed class AdminKey
{
    private readonly byte[] hash;

    public AdminKey(DataFolder folder)
    {
        var path = System.IO.Path.Combine(folder.Path, "admin-key");
        if (!File.Exists(path))
        {
            Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        hash = Hash(File.ReadAllText(path).Trim());
    }

    /// <summary>Whether this is the key, in constant time.</summary>
    public bool Matches(string key) => CryptographicOperations.FixedTimeEquals(Hash(key), hash);

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

using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridMap.Api.Storage;

namespace GridMap.Api.Photos;

/// <summary>Addresses of photos that say for themselves that they may be seen, for some hours: for the reporter's page and the public board. Thread safe.</summary>
internal sealed class PhotoLinks(ServiceSecret secrets, TimeProvider clock)
{
    private const string Key = "photo-links";
    private const int Hours = 2;

    /// <summary>An address that holds for an hour at least, and is the same for an hour, so that it is kept by the browser.</summary>
    public async Task<string> SignAsync(string file, bool small)
    {
        var until = (clock.GetUtcNow().ToUnixTimeSeconds() / 3600 + Hours) * 3600;
        return $"/api/v1/photos/{file}?{(small ? "small=true&" : "")}until={until.ToString(CultureInfo.InvariantCulture)}&sign={await SignAsync(file, small, until)}";
    }

    /// <summary>Both addresses of a photo.</summary>
    public async Task<SignedPhoto> SignAsync(string file) => new(await SignAsync(file, small: false), await SignAsync(file, small: true));

    /// <summary>Whether an address was made here and holds.</summary>
    public async Task<bool> HoldsAsync(string file, bool small, long until, string sign) =>
        until > clock.GetUtcNow().ToUnixTimeSeconds()
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(await SignAsync(file, small, until)), Encoding.ASCII.GetBytes(sign));

    private async Task<string> SignAsync(string file, bool small, long until) => Base64Url.EncodeToString(
        HMACSHA256.HashData(await secrets.GetAsync(Key), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file}|{small}|{until}"))));
}

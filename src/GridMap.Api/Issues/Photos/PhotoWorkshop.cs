using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using GridMap.Api.Hosting;

namespace GridMap.Api.Issues.Photos;

/// <summary>A photo as it is kept.</summary>
/// <param name="Name">The SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="Bytes">JPEG, at most 2048 pixels a side, upright, without metadata.</param>
/// <param name="Small">The same at 480 pixels.</param>
/// <param name="SentHash">The SHA-256 of what was sent.</param>
internal sealed record Photo(string Name, byte[] Bytes, byte[] Small, byte[] SentHash);

/// <summary>
/// Makes photos of what people send: decoded and encoded anew by the child process <c>vips</c> (Debian's libvips-tools) with bounded memory and
/// time, so that what is kept is a picture and nothing else: no place, no camera, no second file behind it. Two at a time. Thread safe.
/// </summary>
internal sealed partial class PhotoWorkshop(DataFolder data, ILogger<PhotoWorkshop> log) : IDisposable
{
    /// <summary>The largest file that is taken.</summary>
    public const int MaxBytes = 12 << 20;

    private const long MaxPixels = 60_000_000;
    private const int AtOnce = 2;
    private const int KeptOutput = 4096;

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["VIPS_BLOCK_UNTRUSTED"] = "1",
        ["VIPS_CONCURRENCY"] = "1",
    };

    private static readonly ToolLimits Limits = new(1536, TimeSpan.FromSeconds(20), 64 << 20);

    private static readonly Problem Missing = new(
        StatusCodes.Status500InternalServerError, "vips_missing", "vips is not installed: apt-get install libvips-tools util-linux.");

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Makes a photo.</summary>
    /// <param name="sent">JPEG, PNG or WebP, told by its content and proven by decoding all of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">400: no whole picture of these kinds, or of too many pixels.</exception>
    public async Task<Photo> MakeAsync(byte[] sent, CancellationToken cancel)
    {
        var kind = KindOf(sent) ?? throw Bad();
        await turns.WaitAsync(cancel);
        var folder = Directory.CreateDirectory(Path.Combine(data.Sub("photos"), $".work-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        try
        {
            var source = $"in.{kind}";
            await File.WriteAllBytesAsync(Path.Combine(folder, source), sent, cancel);
            await CheckPixelsAsync(folder, source, kind, cancel);
            var whole = await ShrinkAsync(folder, source, "whole.jpg", 2048, 82, cancel);
            var small = await ShrinkAsync(folder, "whole.jpg", "small.jpg", 480, 75, cancel);
            return new Photo(Convert.ToHexStringLower(SHA256.HashData(whole)), whole, small, SHA256.HashData(sent));
        }
        finally
        {
            turns.Release();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private static string? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "png"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "webp"
        : null;

    private static async Task CheckPixelsAsync(string folder, string source, string kind, CancellationToken cancel)
    {
        var outcome = await RunAsync("vipsheader", [source], folder, cancel);
        var size = Header().Match(outcome.Output);
        if (outcome.ExitCode != 0 || !size.Success || size.Groups["loader"].Value != $"{(kind == "jpg" ? "jpeg" : kind)}load")
            throw Bad();
        var pixels = long.Parse(size.Groups["width"].Value, CultureInfo.InvariantCulture) * long.Parse(size.Groups["height"].Value, CultureInfo.InvariantCulture);
        if (pixels > MaxPixels)
            throw new ProblemException(Problem.Bad("photos", "photo_too_many_pixels", $"A photo has at most {MaxPixels / 1_000_000} million pixels; this one has {pixels / 1_000_000}. Scale it down before sending."));
    }

    private async Task<byte[]> ShrinkAsync(string folder, string from, string to, int side, int quality, CancellationToken cancel)
    {
        var edge = side.ToString(CultureInfo.InvariantCulture);
        var outcome = await RunAsync(
            "vips", ["thumbnail", from, $"{to}[Q={quality},strip,background=255]", edge, "--height", edge, "--size", "down", "--fail-on", "truncated"], folder, cancel);
        var made = new FileInfo(Path.Combine(folder, to));
        if (outcome.ExitCode == 0 && made.Exists)
            return await File.ReadAllBytesAsync(made.FullName, cancel);
        Refused(log, outcome.ExitCode, outcome.Errors);
        throw Bad();
    }

    private static Task<ToolOutcome> RunAsync(string tool, string[] arguments, string folder, CancellationToken cancel) =>
        ToolProcess.RunAsync(tool, arguments, new ToolSurroundings(folder, Environment, Missing, Bad().Problem), Limits, KeptOutput, cancel);

    private static ProblemException Bad() => new(Problem.Bad(
        "photos", "bad_photo", "A photo is a whole JPEG, PNG or WebP picture; this one is broken or something else."));

    [GeneratedRegex(@": (?<width>\d+)x(?<height>\d+) .*\b(?<loader>[a-z]+load)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [LoggerMessage(2301, LogLevel.Information, "A photo was refused: vips ended with {ExitCode}: {Complaint}")]
    private static partial void Refused(ILogger log, int exitCode, string complaint);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using GridMap.Api.Hosting;

namespace GridMap.Api.Photos;

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
    private const string SmallFile = "small.jpg[Q=75,strip,background=255]";

    // From 90 on colours are kept for every pixel: black does not run over the edge of a box.
    private const string CoveredFile = "covered.jpg[Q=90,strip,background=255]";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["VIPS_BLOCK_UNTRUSTED"] = "1",
        ["VIPS_CONCURRENCY"] = "1",
    };

    private static readonly Dictionary<string, string> OwnFiles = new() { ["VIPS_CONCURRENCY"] = "1" };

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
        var folder = NewFolder();
        try
        {
            var source = $"in.{kind}";
            await File.WriteAllBytesAsync(Path.Combine(folder, source), sent, cancel);
            await CheckPixelsAsync(folder, source, kind, cancel);
            var whole = await ShrinkAsync(folder, source, "whole.jpg[Q=82,strip,background=255]", 2048, cancel);
            var small = await ShrinkAsync(folder, "whole.jpg", SmallFile, 480, cancel);
            return new Photo(Convert.ToHexStringLower(SHA256.HashData(whole)), whole, small, SHA256.HashData(sent));
        }
        finally
        {
            turns.Release();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes a copy of a photo that was made here, black where it is covered, before it is encoded: nothing of what was there is in it.</summary>
    /// <param name="path">Where the photo lies.</param>
    /// <param name="boxes">What is covered; none: a copy all the same, so that what is shown can be taken away while the photo stays.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Photo> CoverAsync(string path, IReadOnlyList<PhotoBox> boxes, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        var folder = NewFolder();
        try
        {
            File.Copy(path, Path.Combine(folder, "in"));
            // Without loss, so that it is encoded once only.
            await ShrinkAsync(folder, "in", "plain.png[compression=1,strip]", 2048, cancel);
            var (width, height) = await SizeAsync(folder, "plain.png", cancel);
            await File.WriteAllBytesAsync(Path.Combine(folder, "mask.pgm"), PhotoBoxes.Mask(boxes, width, height), cancel);
            // A reader of PGM counts as untried; here it reads what was written one line above.
            var outcome = await RunAsync("vips", ["boolean", "plain.png", "mask.pgm", CoveredFile, "and"], folder, OwnFiles, cancel);
            if (outcome.ExitCode != 0)
                throw new InvalidOperationException($"vips boolean ended with {outcome.ExitCode}: {outcome.Errors}");
            var whole = await File.ReadAllBytesAsync(Path.Combine(folder, "covered.jpg"), cancel);
            var small = await ShrinkAsync(folder, "covered.jpg", SmallFile, 480, cancel);
            return new Photo(Convert.ToHexStringLower(SHA256.HashData(whole)), whole, small, []);
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

    private string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(data.Sub("photos"), $".work-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private static async Task CheckPixelsAsync(string folder, string source, string kind, CancellationToken cancel)
    {
        var outcome = await RunAsync("vipsheader", [source], folder, Environment, cancel);
        var size = Header().Match(outcome.Output);
        if (outcome.ExitCode != 0 || !size.Success || size.Groups["loader"].Value != $"{(kind == "jpg" ? "jpeg" : kind)}load")
            throw Bad();
        var pixels = Number(size, "width") * Number(size, "height");
        if (pixels > MaxPixels)
            throw new ProblemException(Problem.Bad("photos", "photo_too_many_pixels", $"A photo has at most {MaxPixels / 1_000_000} million pixels; this one has {pixels / 1_000_000}. Scale it down before sending."));
    }

    private static long Number(Match size, string group) => long.Parse(size.Groups[group].Value, CultureInfo.InvariantCulture);

    private static async Task<(int Width, int Height)> SizeAsync(string folder, string source, CancellationToken cancel)
    {
        var outcome = await RunAsync("vipsheader", [source], folder, Environment, cancel);
        var size = Header().Match(outcome.Output);
        return size.Success ? ((int)Number(size, "width"), (int)Number(size, "height")) : throw new InvalidOperationException($"vipsheader ended with {outcome.ExitCode}: {outcome.Errors}");
    }

    // to: the file, and in brackets how it is written.
    private async Task<byte[]> ShrinkAsync(string folder, string from, string to, int side, CancellationToken cancel)
    {
        var edge = side.ToString(CultureInfo.InvariantCulture);
        var outcome = await RunAsync("vips", ["thumbnail", from, to, edge, "--height", edge, "--size", "down", "--fail-on", "truncated"], folder, Environment, cancel);
        var made = new FileInfo(Path.Combine(folder, to[..to.IndexOf('[', StringComparison.Ordinal)]));
        if (outcome.ExitCode == 0 && made.Exists)
            return await File.ReadAllBytesAsync(made.FullName, cancel);
        Refused(log, outcome.ExitCode, outcome.Errors);
        throw Bad();
    }

    private static Task<ToolOutcome> RunAsync(string tool, string[] arguments, string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancel) =>
        ToolProcess.RunAsync(tool, arguments, new ToolSurroundings(folder, environment, Missing, Bad().Problem), Limits, KeptOutput, cancel);

    private static ProblemException Bad() => new(Problem.Bad(
        "photos", "bad_photo", "A photo is a whole JPEG, PNG or WebP picture; this one is broken or something else."));

    [GeneratedRegex(@": (?<width>\d+)x(?<height>\d+) .*\b(?<loader>[a-z]+load)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [LoggerMessage(2301, LogLevel.Information, "A photo was refused: vips ended with {ExitCode}: {Complaint}")]
    private static partial void Refused(ILogger log, int exitCode, string complaint);
}

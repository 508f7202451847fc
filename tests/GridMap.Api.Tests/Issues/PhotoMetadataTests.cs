using System.Text;
using GridMap.Api.Issues.Photos;

namespace GridMap.Api.Tests.Issues;

/// <summary>What is left of a photo, and what hostile bytes can do: nothing.</summary>
public sealed class PhotoMetadataTests
{
    public static TheoryData<string> Kinds => TestPictures.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_without_metadata_stays_byte_for_byte(string kind)
    {
        var clean = PhotoMetadata.Strip(TestPictures.Plain(kind));
        Assert.Equal($"image/{kind}", clean!.MediaType);
        Assert.Equal(TestPictures.Plain(kind), clean.Bytes);
    }

    [Theory]
    [InlineData("jpeg", 1)]
    [InlineData("jpeg", 6)]
    [InlineData("png", 1)]
    [InlineData("png", 8)]
    [InlineData("webp", 1)]
    [InlineData("webp", 3)]
    public void Place_maker_and_words_go_and_the_orientation_stays(string kind, int orientation)
    {
        foreach (var littleEndian in (bool[])[true, false])
        {
            var photo = TestPictures.FromTelephone(kind, orientation, littleEndian);
            Assert.Contains(TestPictures.Secret, Encoding.Latin1.GetString(photo), StringComparison.Ordinal);
            var clean = PhotoMetadata.Strip(photo)!.Bytes;
            Assert.DoesNotContain(TestPictures.Secret, Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
            Assert.Equal(orientation, OrientationOf(clean));
            Assert.Equal(orientation == 1, IndexOf(clean, "MM\0*"u8) < 0);
            Assert.Equal(clean, PhotoMetadata.Strip(clean)!.Bytes);
            Assert.True(IndexOf(clean, Picture(kind)) >= 0, "the coded picture is there as it was");
        }
    }

    [Fact]
    public void A_webp_announces_only_what_it_holds()
    {
        const int flagsAt = 20;
        Assert.Equal(0, PhotoMetadata.Strip(TestPictures.FromTelephone("webp", 1))!.Bytes[flagsAt]);
        var turned = PhotoMetadata.Strip(TestPictures.FromTelephone("webp", 6))!.Bytes;
        Assert.Equal(0x08, turned[flagsAt]);
        Assert.Equal(turned.Length - 8, BitConverter.ToInt32(turned, 4));
    }

    [Fact]
    public void A_profile_of_colours_and_restart_markers_stay()
    {
        byte[] profile = [0xFF, 0xE2, 0, 22, .. "ICC_PROFILE\0"u8, 1, 1, .. "colour"u8];
        byte[] adobe = [0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1];
        byte[] photo = [.. TestPictures.Jpeg[..2], .. profile, .. adobe, .. TestPictures.Jpeg[2..^2], 0xFF, 0xD0, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD9];
        Assert.Equal(photo, PhotoMetadata.Strip(photo)!.Bytes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_that_is_cut_off_anywhere_is_refused(string kind)
    {
        foreach (var photo in (byte[][])[TestPictures.Plain(kind), PhotoMetadata.Strip(TestPictures.FromTelephone(kind, 6))!.Bytes])
        {
            for (var length = 0; length < photo.Length; length++)
            {
                Assert.False(IsTaken(photo[..length]), $"{length} of {photo.Length} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Broken_bytes_are_refused_or_cleaned_but_never_fail_or_hang(string kind)
    {
        var random = new Random(4711);
        var photo = TestPictures.FromTelephone(kind, 6);
        for (var round = 0; round < 3000; round++)
        {
            var broken = (byte[])photo.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                broken[random.Next(broken.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
            }

            IsTaken(broken);
        }
    }

    [Theory]
    [InlineData("iVBORw0KGgr////0")] // a PNG chunk of length -12
    [InlineData("UklGRgAAAABXRUJQVlA4IPj///8=")] // a WebP chunk of length -8
    [InlineData("/9j/4AAA")] // a JPEG segment of length 0
    [InlineData("R0lGODlhAQABAAAAACw=")] // a GIF
    [InlineData("PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=")] // an SVG
    [InlineData("")]
    public void Lengths_that_lead_nowhere_are_refused(string base64) => Assert.False(IsTaken(Convert.FromBase64String(base64)));

    private static bool IsTaken(byte[] bytes)
    {
        try
        {
            return PhotoMetadata.Strip(bytes) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static int OrientationOf(byte[] clean)
    {
        var at = IndexOf(clean, "MM\0*"u8);
        return at < 0 ? 1 : ExifOrientation.Read(clean.AsSpan(at));
    }

    private static byte[] Picture(string kind) => kind switch
    {
        "jpeg" => TestPictures.Jpeg[20..],
        "png" => TestPictures.Png[33..],
        _ => TestPictures.WebP[12..],
    };

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> part) => bytes.AsSpan().IndexOf(part);
}

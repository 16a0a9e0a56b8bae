using System.Buffers.Binary;
using System.Text;
using Ainalym.Market.Photos;

namespace Ainalym.Market.Tests;

/// <summary>Real pictures of 160 × 120, with what cameras and programs add put in by hand.</summary>
public sealed class PhotoFileTests
{
    private static readonly byte[] Jpeg = Sample("jpg"), Png = Sample("png"), WebP = Sample("webp");

    public static TheoryData<string, string> Kinds => new() { { "jpg", "image/jpeg" }, { "png", "image/png" }, { "webp", "image/webp" } };

    [Theory, MemberData(nameof(Kinds))]
    public void A_photo_is_known_by_its_content(string sample, string type)
    {
        var photo = Taken(Sample(sample));
        (photo.ContentType, photo.Width, photo.Height).Should().Be((type, 160, 120));
        Taken(photo.Bytes).Bytes.Should().Equal(photo.Bytes, "what was cleaned once is clean");
    }

    [Fact]
    public void Where_and_with_what_a_jpeg_was_taken_is_left_out()
    {
        byte[] xmp = Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. "<x:xmpmeta exif:GPSLatitude='43,15.0N'/>"u8]);
        var photo = Taken([.. Jpeg[..2], .. Segment(0xE1, Exif(turn: 6)), .. xmp, .. Segment(0xFE, "Nikon of Aliya"u8), .. Jpeg[2..], .. "behind the end"u8]);
        Has(photo, "GPS-43.25").Should().BeFalse();
        Has(photo, "GPSLatitude").Should().BeFalse();
        Has(photo, "Nikon").Should().BeFalse();
        Has(photo, "behind").Should().BeFalse();
        (photo.Width, photo.Height).Should().Be((120, 160), "it lies on its side");
        Taken(photo.Bytes).Should().Match<PhotoFile>(again => again.Width == 120, "how it is turned is kept");
        photo.Bytes.Length.Should().Be(Jpeg.Length + 36, "an Exif with the turn alone");
    }

    [Fact]
    public void The_pixels_of_a_jpeg_are_not_touched()
    {
        var photo = Taken([.. Jpeg[..2], .. Segment(0xE1, Exif(turn: 1)), .. Jpeg[2..]]);
        photo.Bytes.Should().Equal(Jpeg);
    }

    [Fact]
    public void Where_a_png_was_taken_is_left_out()
    {
        var end = Png.Length - 12;
        var photo = Taken([.. Png[..33], .. Chunk("eXIf", Exif(turn: 1)[6..]), .. Chunk("tEXt", "Comment\0of Aliya"u8), .. Png[33..end], .. Chunk("tIME", new byte[7]), .. Png[end..], .. "behind the end"u8]);
        photo.Bytes.Should().Equal(Taken(Png).Bytes);
        Has(photo, "GPS-43.25").Should().BeFalse();
    }

    [Fact]
    public void Where_a_webp_was_taken_is_left_out()
    {
        var noted = WebP.Concat(Riff("EXIF", Exif(turn: 8))).Concat(Riff("XMP ", "<GPSLatitude/>"u8)).ToArray();
        noted[20] |= 0b0000_1100;
        BinaryPrimitives.WriteUInt32LittleEndian(noted.AsSpan(4), (uint)noted.Length - 8);
        var photo = Taken(noted);
        Has(photo, "GPS").Should().BeFalse();
        (photo.Width, photo.Height).Should().Be((120, 160));
        (photo.Bytes[20] & 0b0000_1100).Should().Be(0b0000_1000, "it says that there is a turn, and no XMP");
        BinaryPrimitives.ReadUInt32LittleEndian(photo.Bytes.AsSpan(4)).Should().Be((uint)photo.Bytes.Length - 8);
        Taken(photo.Bytes).Bytes.Should().Equal(photo.Bytes);
    }

    /// <summary>Wherever a file breaks off, it is refused or read as a picture; never does reading fail.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void A_file_that_breaks_off_is_refused(string sample, string type)
    {
        var whole = Sample(sample);
        type.Should().NotBeNull();
        var taken = Enumerable.Range(0, whole.Length).Where(length => PhotoFile.TryRead(whole.AsSpan(0, length), out _, out _)).ToList();
        taken.Should().BeEmpty();
        PhotoFile.TryRead(whole.AsSpan(0, whole.Length / 2), out _, out var refusal).Should().BeFalse();
        refusal!.Code.Should().Be(PhotoRefusal.Damaged);
    }

    /// <summary>Bytes at random never bring the reader down, and what it takes it takes again.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void A_file_with_wrong_bytes_is_refused_or_read(string sample, string type)
    {
        var die = new Random(sample.Length);
        var refused = 0;
        for (var n = 0; n < 3_000; n++)
        {
            var bytes = (byte[])Sample(sample).Clone();
            for (var wrong = die.Next(1, 4); wrong > 0; wrong--) bytes[die.Next(Math.Min(bytes.Length, 700))] = (byte)die.Next(256);
            if (!PhotoFile.TryRead(bytes, out var photo, out _)) refused++;
            else PhotoFile.TryRead(photo.Bytes, out var again, out _).Should().BeTrue($"{type} {n}");
        }

        refused.Should().BeInRange(1, 2_999);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("%PDF-1.7")]
    public void What_is_no_photo_is_refused(string content) => Refused(Encoding.UTF8.GetBytes(content)).Should().Be(PhotoRefusal.NotAPhoto);

    [Fact]
    public void Five_megabytes_are_the_most()
    {
        byte[] Padded(int length) => [.. Jpeg, .. new byte[length - Jpeg.Length]];
        Taken(Padded(PhotoFile.MostBytes)).Bytes.Should().Equal(Jpeg);
        Refused(Padded(PhotoFile.MostBytes + 1)).Should().Be(PhotoRefusal.TooLarge);
    }

    [Theory]
    [InlineData(100, 12_000, null)]
    [InlineData(99, 12_000, PhotoRefusal.WrongSize)]
    [InlineData(100, 12_001, PhotoRefusal.WrongSize)]
    public void A_side_has_100_to_12000_pixels(int width, int height, PhotoRefusal? refusal)
    {
        var png = (byte[])Png.Clone();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        if (refusal is null) (Taken(png).Width, Taken(png).Height).Should().Be((width, height));
        else Refused(png).Should().Be(refusal);
    }

    private static byte[] Sample(string extension) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "photos", "sample." + extension));

    private static PhotoFile Taken(byte[] bytes)
    {
        PhotoFile.TryRead(bytes, out var photo, out var refusal).Should().BeTrue($"it is a photo, but {refusal?.Code}");
        return photo!;
    }

    private static Enum Refused(byte[] bytes)
    {
        PhotoFile.TryRead(bytes, out _, out var refusal).Should().BeFalse();
        return refusal!.Code;
    }

    private static bool Has(PhotoFile photo, string text) => photo.Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    /// <summary>Two entries, the camera's turn and a position, and behind them the position's text.</summary>
    private static byte[] Exif(byte turn) =>
    [
        .. "Exif\0\0"u8, .. "II"u8, 42, 0, 8, 0, 0, 0, 2, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0x25, 0x88, 2, 0, 10, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0, .. "GPS-43.25\0"u8,
    ];

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> body)
    {
        byte[] segment = [0xFF, marker, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(body.Length + 2));
        return segment;
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> body)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. body, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        return chunk;
    }

    private static byte[] Riff(string type, ReadOnlySpan<byte> body)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. body, .. new byte[body.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), body.Length);
        return chunk;
    }
}

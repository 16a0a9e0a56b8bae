using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Ainalym.Kernel;

namespace Ainalym.Market.Photos;

/// <summary>
/// A photo as it is kept: read by its content, whatever its name says, and written again with only what the picture needs. Where it was taken, by which camera and when, comments,
/// previews and anything behind its end are left out; how it is turned is kept. The pixels are not touched.
/// Formats: JPEG (ITU-T T.81, Exif 2.32), PNG (W3C, third edition), WebP (RFC 9649).
/// </summary>
/// <param name="Width">Pixels, as it is looked at.</param>
public sealed record PhotoFile(string ContentType, int Width, int Height, byte[] Bytes)
{
    public const int MostMegabytes = 5;
    public const int MostBytes = MostMegabytes * 1024 * 1024;
    public const int LeastSide = 100;
    public const int MostSide = 12_000;

    private const string Jpeg = "image/jpeg", Png = "image/png", WebP = "image/webp";
    private const int Upright = 1;

    /// <summary>Reads it, or says what is wrong with it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PhotoFile? photo, [NotNullWhen(false)] out Refusal? refusal)
    {
        photo = null;
        if (bytes.Length > MostBytes)
        {
            refusal = new Refusal(PhotoRefusal.TooLarge, MostMegabytes);
            return false;
        }

        var read = TypeOf(bytes) switch
        {
            Jpeg => ReadJpeg(bytes),
            Png => ReadPng(bytes),
            WebP => ReadWebP(bytes),
            _ => default(PhotoFile?),
        };
        refusal = TypeOf(bytes) is null ? new Refusal(PhotoRefusal.NotAPhoto)
            : read is null ? new Refusal(PhotoRefusal.Damaged)
            : Math.Min(read.Width, read.Height) < LeastSide || Math.Max(read.Width, read.Height) > MostSide ? new Refusal(PhotoRefusal.WrongSize, LeastSide, MostSide)
            : null;
        if (refusal is not null) return false;
        photo = read!;
        return true;
    }

    /// <summary>The type that the first bytes tell, or null.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : bytes.StartsWith(PngSignature) ? Png
        : bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? WebP
        : null;

    private static PhotoFile? ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        int width = 0, height = 0, turn = Upright, at = 2;
        var scans = 0;
        while (true)
        {
            while (at < bytes.Length && bytes[at] == 0xFF && at + 1 < bytes.Length && bytes[at + 1] == 0xFF) at++;
            if (at + 2 > bytes.Length || bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker == 0xD9) break;
            if (at + 4 > bytes.Length) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) return null;
            var body = bytes.Slice(at + 4, length - 2);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (body.Length < 5 || width > 0) return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
            }

            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8)) turn = TurnOf(body[6..]);
            if (Keeps(marker, body)) kept.Write(bytes.Slice(at, 2 + length));
            at += 2 + length;
            if (marker != 0xDA) continue;

            var end = EndOfScan(bytes, at);
            kept.Write(bytes[at..end]);
            at = end;
            scans++;
        }

        if (width == 0 || height == 0 || scans == 0) return null;
        byte[] exif = turn == Upright ? [] : [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. TurnAlone(turn)];
        return Looked(Jpeg, width, height, turn, [0xFF, 0xD8, .. exif, .. kept.GetBuffer().AsSpan(0, (int)kept.Length), 0xFF, 0xD9]);

        // Of what applications add, only what colours hang on.
        static bool Keeps(byte marker, ReadOnlySpan<byte> body) => marker switch
        {
            0xE0 => body.StartsWith("JFIF\0"u8),
            0xE2 => body.StartsWith("ICC_PROFILE\0"u8),
            0xEE => body.StartsWith("Adobe"u8),
            >= 0xE1 and <= 0xEF or 0xFE => false,
            _ => true,
        };

        // Coded data goes on over FF00 and restart marks.
        static int EndOfScan(ReadOnlySpan<byte> bytes, int from)
        {
            for (var at = from; ; at += 2)
            {
                var next = bytes[at..].IndexOf((byte)0xFF);
                if (next < 0 || at + next + 1 >= bytes.Length) return bytes.Length;
                at += next;
                if (bytes[at + 1] is not (0x00 or >= 0xD0 and <= 0xD7)) return at;
            }
        }
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static PhotoFile? ReadPng(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(PngSignature);
        int width = 0, height = 0;
        var data = false;
        for (var at = PngSignature.Length; ;)
        {
            if (at + 12 > bytes.Length) return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12) return null;
            var type = bytes.Slice(at + 4, 4);
            var whole = bytes.Slice(at, (int)length + 12);
            if (width == 0 != type.SequenceEqual("IHDR"u8)) return null;
            if (type.SequenceEqual("IHDR"u8))
            {
                if (length != 13) return null;
                var (wide, high) = (BinaryPrimitives.ReadUInt32BigEndian(whole[8..]), BinaryPrimitives.ReadUInt32BigEndian(whole[12..]));
                if (wide is 0 or > int.MaxValue || high is 0 or > int.MaxValue) return null;
                (width, height) = ((int)wide, (int)high);
            }

            data |= type.SequenceEqual("IDAT"u8);
            if (Keeps(type)) kept.Write(whole);
            if (type.SequenceEqual("IEND"u8)) return data ? new(Png, width, height, kept.ToArray()) : null;
            at += whole.Length;
        }

        static bool Keeps(ReadOnlySpan<byte> type)
        {
            foreach (var name in (string[])["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs"])
                if (System.Text.Encoding.ASCII.GetString(type) == name) return true;
            return false;
        }
    }

    private static PhotoFile? ReadWebP(ReadOnlySpan<byte> bytes)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (size < 4 || size > bytes.Length - 8) return null;
        bytes = bytes[..(8 + (int)size)];
        int width = 0, height = 0, turn = Upright, flags = -1;
        var picture = false;
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..12]);
        for (var at = 12; at < bytes.Length;)
        {
            if (at + 8 > bytes.Length) return null;
            var type = System.Text.Encoding.ASCII.GetString(bytes.Slice(at, 4));
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 8) return null;
            var body = bytes.Slice(at + 8, (int)length);
            var whole = bytes.Slice(at, Math.Min(bytes.Length - at, 8 + (int)length + (int)(length & 1)));
            switch (type)
            {
                case "VP8X" when body.Length >= 10:
                    (flags, width, height) = ((int)kept.Length + 8, 1 + Number24(body[4..]), 1 + Number24(body[7..]));
                    break;
                case "VP8 " when body.Length >= 10:
                    picture = true;
                    if (flags < 0) (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
                    break;
                case "VP8L" when body.Length >= 5 && body[0] == 0x2F:
                    picture = true;
                    var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
                    if (flags < 0) (width, height) = (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
                    break;
                case "EXIF":
                    turn = TurnOf(body.StartsWith("Exif\0\0"u8) ? body[6..] : body);
                    break;
            }

            if (type is "VP8X" or "VP8 " or "VP8L" or "ALPH" or "ICCP") kept.Write(whole);
            at += whole.Length;
        }

        if (width == 0 || height == 0 || !picture) return null;
        if (flags < 0) turn = Upright;
        if (turn != Upright) kept.Write([.. "EXIF"u8, 26, 0, 0, 0, .. TurnAlone(turn)]);
        var written = kept.ToArray();
        if (flags >= 0) written[flags] = (byte)((written[flags] & 0b0011_0000) | (turn == Upright ? 0 : 0b0000_1000));
        BinaryPrimitives.WriteUInt32LittleEndian(written.AsSpan(4), (uint)written.Length - 8);
        return Looked(WebP, width, height, turn, written);

        static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
    }

    /// <summary>From the fifth way on it lies on its side.</summary>
    private static PhotoFile Looked(string type, int width, int height, int turn, byte[] bytes) => turn >= 5 ? new(type, height, width, bytes) : new(type, width, height, bytes);

    /// <summary>How the camera was held, 1 to 8, from the first directory of a TIFF; upright where it can't be read.</summary>
    private static int TurnOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8))) return Upright;
        var little = tiff[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2) return Upright;
        var entries = Number(tiff[(int)directory..], little);
        for (var n = 0; n < entries; n++)
        {
            var at = (int)directory + 2 + (n * 12);
            if (at + 12 > tiff.Length) return Upright;
            if (Number(tiff[at..], little) == 0x0112) return Number(tiff[(at + 8)..], little) is var turn and >= 1 and <= 8 ? turn : Upright;
        }

        return Upright;

        static int Number(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>A TIFF that says nothing but how the camera was held: 26 bytes.</summary>
    private static byte[] TurnAlone(int turn) => [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turn, 0, 0, 0, 0, 0, 0];
}

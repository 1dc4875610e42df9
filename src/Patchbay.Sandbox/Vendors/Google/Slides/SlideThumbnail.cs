using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>A slide as a small PNG: white, with its boxes, and bars where lines of text stand.</summary>
internal static class SlideThumbnail
{
    public static byte[] Draw(JsonObject page, int width)
    {
        var height = width * 9 / 16;
        var pixels = new byte[width * height];
        Array.Fill(pixels, (byte)255);
        var scale = width / (DeckTemplate.Width / 12_700.0);
        foreach (var box in SlideBox.Of(page))
        {
            if (box.Kind is not "text")
                Fill(box.X, box.Y, box.Width, Math.Max(box.Height, 2), box.Kind is "shape" ? (byte)225 : (byte)205);
            if (box.Kind is "table")
                Fill(box.X + 1, box.Y + 1, box.Width - 2, box.Height - 2, 255);
            foreach (var (index, line) in box.Lines.Index())
            {
                var length = Math.Min(line.Length * box.Size * 0.52, box.Width - 12);
                Fill(box.X + (box.Centered ? (box.Width - length) / 2 : 6), box.Y + 8 + (index * box.Size * 1.3), length, box.Size * 0.6, box.Bold ? (byte)60 : (byte)120);
            }
        }

        return Png(pixels, width, height);

        void Fill(double x, double y, double boxWidth, double boxHeight, byte grey)
        {
            var (left, right) = (Math.Clamp((int)(x * scale), 0, width), Math.Clamp((int)((x + boxWidth) * scale), 0, width));
            for (var row = Math.Clamp((int)(y * scale), 0, height); row < Math.Clamp((int)((y + boxHeight) * scale), 0, height); row++)
            {
                if (right > left)
                    Array.Fill(pixels, grey, (row * width) + left, right - left);
            }
        }
    }

    private static byte[] Png(byte[] grey, int width, int height)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8; // one byte of grey per pixel, no palette, no interlacing
        Chunk(png, "IHDR"u8, head);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(grey, row * width, width);
            }
        }

        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(name);
        png.Write(data);
        var crc = 0xffffffffu;
        foreach (var part in (byte[][])[name.ToArray(), data.ToArray()])
        {
            foreach (var value in part)
            {
                crc ^= value;
                for (var bit = 0; bit < 8; bit++)
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }
}

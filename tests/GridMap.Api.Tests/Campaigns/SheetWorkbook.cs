using System.Diagnostics;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>A sheet as another program writes it: GDAL's own workbook, numbers and days as such where it takes them for such.</summary>
internal static class SheetWorkbook
{
    public static async Task<byte[]> OfAsync(byte[] csv)
    {
        var folder = Directory.CreateTempSubdirectory("gridmap-sheet");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, "sheet.csv"), Path.Combine(folder.FullName, "sheet.xlsx"));
            await File.WriteAllBytesAsync(from, csv);
            using var process = Process.Start(new ProcessStartInfo("ogr2ogr", ["-f", "XLSX", to, from, "-oo", "AUTODETECT_TYPE=YES", "-oo", "HEADERS=YES"]))!;
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return await File.ReadAllBytesAsync(to);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Globalization;
using System.Text;

namespace GridMap.Core.Posters;

/// <summary>Draws a QR code's modules. Stateless and thread safe.</summary>
internal static class QrModules
{
    /// <summary>Draws it without a quiet zone, which the paper around it is.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="modules">Row by row; true is dark.</param>
    /// <param name="x">Of its left side.</param>
    /// <param name="y">Of its top.</param>
    /// <param name="side">How wide and high it becomes.</param>
    public static void Draw(SvgWriter svg, IReadOnlyList<IReadOnlyList<bool>> modules, double x, double y, double side)
    {
        var data = new StringBuilder();
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules[row].Count; column++)
            {
                if (modules[row][column])
                    data.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
            }
        }

        svg.Open("g", ("transform", $"translate({SvgWriter.Number(x)} {SvgWriter.Number(y)}) scale({(side / modules.Count).ToString("0.####", CultureInfo.InvariantCulture)})"));
        svg.Element("path", ("d", data.ToString()), ("fill", "#000000"), ("shape-rendering", "crispEdges"));
        svg.Close();
    }
}

using System.Globalization;
using GridMap.Core.Grids;

namespace GridMap.Core.Codes;

/// <summary>
/// How the code of a grid is made of digits: a prefix, which names the place it lies in, and a number inside it. Layouts are
/// data of an installation; the two here are what offices use. Immutable and thread safe.
/// </summary>
/// <param name="PrefixDigits">Digits of the prefix.</param>
/// <param name="NumberDigits">Digits of the number, 1 to 9; numbers start at 1.</param>
public sealed record CodeLayout(int PrefixDigits, int NumberDigits)
{
    /// <summary>15 digits: the 12 of the division (county 6, township 3, committee 3) and 3 for the grid inside the community.</summary>
    public static CodeLayout UnitGrid { get; } = new(12, 3);

    /// <summary>18 digits: 3 more inside a unit grid, for groups of households. A local convention; no standard has it.</summary>
    public static CodeLayout Household { get; } = new(15, 3);

    /// <summary>The layouts that are known, by rising length.</summary>
    public static IReadOnlyList<CodeLayout> All { get; } = [UnitGrid, Household];

    /// <summary>The highest number.</summary>
    public int Capacity => (int)Math.Pow(10, NumberDigits) - 1;

    /// <summary>The layout whose prefixes have this form; null when there is none.</summary>
    public static CodeLayout? ForPrefix(string prefix) =>
        prefix.All(char.IsAsciiDigit) ? All.FirstOrDefault(layout => layout.PrefixDigits == prefix.Length) : null;

    /// <summary>Makes a code.</summary>
    /// <param name="prefix"><see cref="PrefixDigits"/> digits.</param>
    /// <param name="number">1 to <see cref="Capacity"/>.</param>
    /// <exception cref="ArgumentException">The prefix or the number does not fit.</exception>
    public GridCode Compose(string prefix, int number)
    {
        if (prefix.Length != PrefixDigits || !prefix.All(char.IsAsciiDigit))
            throw new ArgumentException($"A prefix has {PrefixDigits} digits.", nameof(prefix));
        if (number < 1 || number > Capacity)
            throw new ArgumentException($"A number is 1 to {Capacity}.", nameof(number));
        var text = prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(NumberDigits, '0');
        return GridCode.TryParse(text, out var code) ? code : throw new ArgumentException("The code would be too long.", nameof(prefix));
    }

    /// <summary>Takes a code apart; false when it is of another layout.</summary>
    public bool TryParse(GridCode code, out string prefix, out int number)
    {
        (prefix, number) = (string.Empty, 0);
        var text = code.Value;
        if (text.Length != PrefixDigits + NumberDigits || !text.All(char.IsAsciiDigit))
            return false;
        prefix = text[..PrefixDigits];
        number = int.Parse(text.AsSpan(PrefixDigits), NumberStyles.None, CultureInfo.InvariantCulture);
        return number > 0;
    }

    /// <summary>The next codes with this prefix, rising, passing over those that are taken.</summary>
    /// <param name="prefix"><see cref="PrefixDigits"/> digits.</param>
    /// <param name="count">How many.</param>
    /// <param name="isTaken">Whether a code is, or ever was, some grid's.</param>
    /// <returns>The codes; fewer than <paramref name="count"/> when the numbers run out.</returns>
    public IReadOnlyList<GridCode> NextFree(string prefix, int count, Func<GridCode, bool> isTaken)
    {
        var codes = new List<GridCode>(count);
        for (var number = 1; number <= Capacity && codes.Count < count; number++)
        {
            var code = Compose(prefix, number);
            if (!isTaken(code))
                codes.Add(code);
        }

        return codes;
    }
}

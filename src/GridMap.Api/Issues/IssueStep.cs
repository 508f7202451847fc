using System.Globalization;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;

namespace GridMap.Api.Issues;

/// <summary>What a transition is sent with.</summary>
/// <param name="By">Who does it; who is signed in as a person need not say so, and cannot say another.</param>
/// <param name="Note">In words.</param>
/// <param name="Result">verify: pass or fail.</param>
/// <param name="OnSpot">rectify: mended on the spot, without a claim before (即交即办).</param>
/// <param name="Person">assign: the number of the person who is to do it.</param>
/// <param name="Of">duplicate: the number of the issue that is the same.</param>
/// <param name="Exception">verify: why it is written off without a photo of how it is now.</param>
/// <param name="Category">file: the right category.</param>
/// <param name="IsFalse">reject: the report was false, which costs the reporter points; a rejection alone costs nothing.</param>
/// <param name="Severity">file: how grave it is, minor, normal or severe; the due time follows.</param>
/// <param name="Quantity">rectify, verify: how much it was, in the category's unit; up to three decimals.</param>
public record TransitionBody(
    string? By = null, string? Note = null, string? Result = null, bool OnSpot = false, long? Person = null, string? Of = null, string? Exception = null,
    string? Category = null, bool IsFalse = false, string? Severity = null, decimal? Quantity = null);

/// <summary>The same as a form, with photos of how it is now; for the API document.</summary>
public sealed record TransitionFormBody(
    string? By = null, string? Note = null, string? Result = null, bool OnSpot = false, long? Person = null, string? Of = null, string? Exception = null,
    string? Category = null, bool IsFalse = false, string? Severity = null, decimal? Quantity = null, IFormFileCollection? Photos = null)
    : TransitionBody(By, Note, Result, OnSpot, Person, Of, Exception, Category, IsFalse, Severity, Quantity);

/// <summary>A step that was read: its words are checked, whether it may be taken is not.</summary>
internal sealed record IssueStep(string Name, TransitionBody Body, string Note, string Exception, IReadOnlyList<Photo> Photos)
{
    private const int MaxNote = 4000;
    private const int MaxException = 400;

    /// <exception cref="ProblemException">400, 413 or 415.</exception>
    public static async Task<IssueStep> ReadAsync(HttpContext context, string name, PhotoWorkshop workshop, CancellationToken cancel)
    {
        if (!context.Request.HasFormContentType)
            return Of(name, await JsonBody.ReadAsync<TransitionBody>(context, "Send application/json, or multipart/form-data with photos.", cancel), []);
        var form = await PhotoForm.FormAsync(context.Request, cancel);
        var body = new TransitionBody(
            form["by"], form["note"], Text(form, "result"), Text(form, "onSpot") == "true", Text(form, "person") is { } person ? Number(person) : null,
            Text(form, "of"), form["exception"], Text(form, "category"), Text(form, "isFalse") == "true", Text(form, "severity"), Text(form, "quantity") is { } quantity ? Quantity(quantity) : null);
        return Of(name, body, await PhotoForm.ReadAsync(form, workshop, cancel));
    }

    /// <summary>A step with nothing but words.</summary>
    public static IssueStep Of(string name, TransitionBody body, IReadOnlyList<Photo> photos) => new(
        name, body, InputText.Clean(body.Note, "note", MaxNote), InputText.Clean(body.Exception, "exception", MaxException), photos);

    private static string? Text(IFormCollection form, string field) => string.IsNullOrEmpty(form[field]) ? null : (string?)form[field];

    private static decimal Quantity(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var quantity)
        ? quantity
        : throw new ProblemException(Problem.Bad("quantity", "bad_quantity", "quantity is a number, in the unit of the category."));

    private static long Number(string text) => long.TryParse(text, out var number)
        ? number
        : throw new ProblemException(Problem.Bad("person", "bad_person", "person is the number of a person."));
}

using GridMap.Api.Hosting;
using GridMap.Api.Photos;

namespace GridMap.Api.Campaigns;

/// <summary>The same as a form, with photos; for the API document.</summary>
/// <param name="Log">The log as JSON, in one field.</param>
/// <param name="Photos">At most six.</param>
public sealed record WorkLogFormBody(NewWorkLog? Log, IFormFileCollection? Photos);

/// <summary>A log as it was sent: JSON, or a form with the same JSON in the field <c>log</c> and photos beside it.</summary>
internal sealed class WorkLogSending
{
    private const string Field = "log";

    private readonly IFormCollection? form;

    private WorkLogSending(NewWorkLog log, IFormCollection? form)
    {
        Log = log;
        this.form = form;
    }

    /// <summary>What was said; not checked yet.</summary>
    public NewWorkLog Log { get; }

    /// <exception cref="ProblemException">400 or 415: it is no log at all.</exception>
    public static async Task<WorkLogSending> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        if (!context.Request.HasFormContentType)
        {
            return new WorkLogSending(
                await JsonBody.ReadAsync<NewWorkLog>(context, "Send application/json, or multipart/form-data with the JSON as log, and photos.", cancel), null);
        }

        var fields = await PhotoForm.FormAsync(context.Request, cancel);
        var text = fields[Field];
        return text is [{ Length: > 0 } log]
            ? new WorkLogSending(JsonBody.Parse<NewWorkLog>(context, log), fields)
            : throw new ProblemException(Problem.Bad(Field, "bad_log", "Send the log as JSON in the field log, once: {grid, day, entries, ...}."));
    }

    /// <summary>Its photos, made: dear, so last of all checks.</summary>
    /// <exception cref="ProblemException">400 or 413: as with issues.</exception>
    public async Task<IReadOnlyList<Photo>> PhotosAsync(PhotoWorkshop workshop, CancellationToken cancel) =>
        form is null ? [] : await PhotoForm.ReadAsync(form, workshop, cancel);
}

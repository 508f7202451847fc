using Dapper;
using GridMap.Api.Photos;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>The rows of an issue's photos. Stateless.</summary>
internal static class IssuePhotos
{
    public const string Before = "before";
    public const string After = "after";

    /// <summary>Stores photos of one step, files first.</summary>
    public static async Task AddAsync(
        NpgsqlTransaction transaction, PhotoStore store, long issue, long step, string kind, IReadOnlyList<Photo> photos, CancellationToken cancel)
    {
        foreach (var photo in photos)
        {
            var file = await store.SaveAsync(transaction, photo, cancel);
            await transaction.Connection!.ExecuteAsync(
                "insert into issue_photo (issue_id, event_id, kind, file, media_type, bytes) values (@issue, @step, @kind, @file, 'image/jpeg', @Length)",
                new { issue, step, kind, file, photo.Bytes.Length }, transaction);
        }
    }
}

using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Photos;

/// <summary>
/// Photos in the data folder, named by their content: the same picture is one file, whoever sent it. A file is on disk before the row that names it is
/// committed; what no row names is taken away later (<see cref="SweepAsync"/>). Who writes a file and then its row does so under a lock that is shared with
/// others who write and not with who sweeps: else the same picture, stored again just now, could be swept before its row is there. Thread safe.
/// </summary>
internal sealed class PhotoStore(DataFolder data, Database database)
{
    private const string Ending = ".jpg";
    private const string SmallEnding = ".small.jpg";

    private const string OrphanSql =
        """
        select name from unnest(@old) as name
        where not exists (select from issue_photo where file = name) and not exists (select from issue_exposure where before_shown = name or after_shown = name)
          and not exists (select from work_log_photo where file = name)
        """;

    // Longer than any request lasts.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(6);

    private readonly string folder = data.Sub("photos");

    /// <summary>Writes a photo and its small one, and answers the name.</summary>
    /// <param name="transaction">In which its row is written; no sweep until its end.</param>
    /// <param name="photo">What is written.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<string> SaveAsync(NpgsqlTransaction transaction, Photo photo, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock_shared(@Photos)", new { AdvisoryKeys.Photos }, transaction);
        await WriteAsync(photo.Name + SmallEnding, photo.Small, cancel);
        await WriteAsync(photo.Name + Ending, photo.Bytes, cancel);
        return photo.Name + Ending;
    }

    /// <summary>Where a photo lies.</summary>
    /// <param name="file">As the row names it.</param>
    /// <param name="small">The small one; the whole one where there is none, as with photos of earlier versions.</param>
    public string PathOf(string file, bool small)
    {
        var whole = Path.Combine(folder, Path.GetFileName(file));
        var little = Path.ChangeExtension(whole, null) + SmallEnding;
        return small && File.Exists(little) ? little : whole;
    }

    /// <summary>Takes files away at once, but for those that another row names too.</summary>
    public async Task DropAsync(IReadOnlyCollection<string> files, DateTimeOffset now, CancellationToken cancel)
    {
        // As old as the sweep wants them: who stores the same picture meanwhile makes it new again.
        foreach (var file in files.Select(file => Path.Combine(folder, Path.GetFileName(file))).Where(File.Exists))
            File.SetLastWriteTimeUtc(file, now.UtcDateTime - Grace - TimeSpan.FromMinutes(1));
        await SweepAsync(now, cancel);
    }

    /// <summary>Takes files away that no row names, and that nobody can be about to name.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancel)
    {
        // What a stopped process left of photos in the making.
        foreach (var work in new DirectoryInfo(folder).EnumerateDirectories().Where(work => now.UtcDateTime - work.LastWriteTimeUtc > Grace))
            work.Delete(recursive: true);
        var old = new DirectoryInfo(folder).EnumerateFiles().Where(file => now.UtcDateTime - file.LastWriteTimeUtc > Grace && !file.Name.EndsWith(SmallEnding, StringComparison.Ordinal)).Select(file => file.Name).ToArray();
        if (old.Length == 0)
            return 0;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@Photos)", new { AdvisoryKeys.Photos }, transaction, cancellationToken: cancel));
        var orphans = (await connection.QueryAsync<string>(new CommandDefinition(OrphanSql, new { old }, transaction, cancellationToken: cancel))).ToList();
        foreach (var orphan in orphans)
        {
            File.Delete(Path.Combine(folder, orphan));
            File.Delete(Path.ChangeExtension(Path.Combine(folder, orphan), null) + SmallEnding);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return orphans.Count;
    }

    private async Task WriteAsync(string name, byte[] bytes, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            // Somebody may be about to sweep it.
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return;
        }

        // Whole or not at all, also when the machine stops: a half of it under its name would be taken for it ever after.
        var half = Path.Combine(folder, $".{Guid.NewGuid():N}");
        await using (var stream = new FileStream(half, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
        {
            await stream.WriteAsync(bytes, cancel);
            await stream.FlushAsync(cancel);
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
    }
}

using System.Data;
using Dapper;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Storage;

/// <summary>Dapper's two global settings: snake_case columns fill PascalCase members, and geometry goes through the pool's own mapping.</summary>
internal static class DapperSetup
{
    public static void Apply()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new GeometryHandler());
    }

    private sealed class GeometryHandler : SqlMapper.TypeHandler<Geometry>
    {
        public override Geometry Parse(object value) => (Geometry)value;

        public override void SetValue(IDbDataParameter parameter, Geometry? value) => parameter.Value = (object?)value ?? DBNull.Value;
    }
}

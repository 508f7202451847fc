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

        // Dapper looks handlers up by the exact type, which for parameters given by name is that of the value.
        SqlMapper.AddTypeHandler(new GeometryHandler<Geometry>());
        SqlMapper.AddTypeHandler(new GeometryHandler<Point>());
        SqlMapper.AddTypeHandler(new GeometryHandler<Polygon>());
        SqlMapper.AddTypeHandler(new GeometryHandler<MultiPolygon>());
    }

    private sealed class GeometryHandler<T> : SqlMapper.TypeHandler<T>
        where T : Geometry
    {
        public override T Parse(object value) => (T)value;

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = (object?)value ?? DBNull.Value;
    }
}

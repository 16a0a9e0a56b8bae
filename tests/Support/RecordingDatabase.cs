using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Ainalym.Journal;

namespace Ainalym.Support;

/// <summary>Stands for a SQL Server database: writes down each statement's text and answers with nothing, or as told.</summary>
public sealed class RecordingDatabase : IDatabase
{
    private readonly List<string> statements = [];

    public IReadOnlyList<string> Statements => statements;

    /// <summary>A row to answer with, by its type, where a query must find something to go on.</summary>
    public Dictionary<Type, object> Rows { get; } = [];

    /// <summary>How many rows each write claims to have touched.</summary>
    public int Touched { get; set; }

    /// <summary>What a statement that asks for one value is answered.</summary>
    public Func<string, object?> Scalar { get; set; } = _ => null;

    public Engine Engine => Engine.SqlServer;

    public string Page => "OFFSET 0 ROWS FETCH NEXT @n ROWS ONLY";

    /// <summary>For writes that are run by hand.</summary>
    public Writing Writing => new(Engine, new Connection(this), Transaction: null);

    public Task<IReadOnlyList<T>> Query<T>(string sql, object? values = null, CancellationToken ct = default)
    {
        statements.Add(sql);
        return Task.FromResult<IReadOnlyList<T>>(Rows.TryGetValue(typeof(T), out var row) ? [(T)row] : []);
    }

    public Task<T?> Single<T>(string sql, object? values = null, CancellationToken ct = default)
    {
        statements.Add(sql);
        return Task.FromResult(Rows.TryGetValue(typeof(T), out var row) ? (T?)row : default);
    }

    /// <summary>Reads no SQL of a module's own: the engine's, which the journal's tests parse.</summary>
    public Task<IReadOnlyList<Journal.Following.Envelope>> Back(string kind, string id, long before, int most, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<Journal.Following.Envelope>>([]);

    public Task<T> Write<T>(Func<Writing, T> write, CancellationToken ct = default) => Task.FromResult(write(Writing));

    private sealed class Connection(RecordingDatabase database) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Open;

        public override void ChangeDatabase(string databaseName)
        {
        }

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
            throw new NotSupportedException("Statements are only written down here; a write gets its transaction from the lane.");

        protected override DbCommand CreateDbCommand() => new Command(database);
    }

    private sealed class Command(RecordingDatabase database) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection { get; } = new Parameters();

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        public override int ExecuteNonQuery()
        {
            database.statements.Add(CommandText);
            return database.Touched;
        }

        public override object? ExecuteScalar()
        {
            database.statements.Add(CommandText);
            return database.Scalar(CommandText);
        }

        protected override DbParameter CreateDbParameter() => new Parameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            database.statements.Add(CommandText);
            return new DataTable().CreateDataReader();
        }
    }

    private sealed class Parameter : DbParameter
    {
        public override DbType DbType { get; set; }

        public override ParameterDirection Direction { get; set; }

        public override bool IsNullable { get; set; }

        [AllowNull]
        public override string ParameterName { get; set; } = "";

        public override int Size { get; set; }

        [AllowNull]
        public override string SourceColumn { get; set; } = "";

        public override bool SourceColumnNullMapping { get; set; }

        public override object? Value { get; set; }

        public override void ResetDbType()
        {
        }
    }

    private sealed class Parameters : DbParameterCollection
    {
        private readonly List<DbParameter> all = [];

        public override int Count => all.Count;

        public override object SyncRoot => all;

        public override int Add(object value)
        {
            all.Add((DbParameter)value);
            return all.Count - 1;
        }

        public override void AddRange(Array values) => all.AddRange(values.Cast<DbParameter>());

        public override void Clear() => all.Clear();

        public override bool Contains(object value) => all.Contains((DbParameter)value);

        public override bool Contains(string value) => IndexOf(value) >= 0;

        public override void CopyTo(Array array, int index) => ((ICollection)all).CopyTo(array, index);

        public override IEnumerator GetEnumerator() => all.GetEnumerator();

        public override int IndexOf(object value) => all.IndexOf((DbParameter)value);

        public override int IndexOf(string parameterName) => all.FindIndex(parameter => parameter.ParameterName == parameterName);

        public override void Insert(int index, object value) => all.Insert(index, (DbParameter)value);

        public override void Remove(object value) => all.Remove((DbParameter)value);

        public override void RemoveAt(int index) => all.RemoveAt(index);

        public override void RemoveAt(string parameterName) => RemoveAt(IndexOf(parameterName));

        protected override DbParameter GetParameter(int index) => all[index];

        protected override DbParameter GetParameter(string parameterName) => all[IndexOf(parameterName)];

        protected override void SetParameter(int index, DbParameter value) => all[index] = value;

        protected override void SetParameter(string parameterName, DbParameter value) => all[IndexOf(parameterName)] = value;
    }
}

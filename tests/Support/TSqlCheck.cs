using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Ainalym.Support;

/// <summary>Reads T-SQL with Microsoft's own parser and refuses what not every server that speaks TDS takes, or what we don't rest on.</summary>
public static class TSqlCheck
{
    /// <summary>What is wrong with a text, each with its line and column; empty when it may run.</summary>
    public static IReadOnlyList<string> Problems(string sql)
    {
        var script = Parse(sql, out var errors);
        if (errors.Count > 0) return [.. errors.Select(error => $"{error.Line}:{error.Column} {error.Message} in: {sql}")];
        var refusals = new Refusals();
        script.Accept(refusals);
        return [.. refusals.Found.Select(found => $"{found.Where.StartLine}:{found.Where.StartColumn} {found.What} in: {sql}")];
    }

    /// <summary>The columns of each table that a text creates.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Tables(string sql)
    {
        var statements = ((TSqlScript)Parse(sql, out _)).Batches.SelectMany(batch => batch.Statements).ToList();
        var added = statements.OfType<AlterTableAddTableElementStatement>().ToLookup(table => table.SchemaObjectName.BaseIdentifier.Value, table => table.Definition, StringComparer.Ordinal);
        return statements.OfType<CreateTableStatement>().ToDictionary(
            table => table.SchemaObjectName.BaseIdentifier.Value,
            IReadOnlyList<string> (table) => [.. added[table.SchemaObjectName.BaseIdentifier.Value].Prepend(table.Definition).SelectMany(part => part.ColumnDefinitions).Select(column => column.ColumnIdentifier.Value)],
            StringComparer.Ordinal);
    }

    private static TSqlFragment Parse(string sql, out IList<ParseError> errors)
    {
        using var reader = new StringReader(sql);
        return new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out errors);
    }

    private sealed class Refusals : TSqlFragmentVisitor
    {
        private static readonly HashSet<string> ClrTypes = new(["hierarchyid", "geography", "geometry"], StringComparer.OrdinalIgnoreCase);

        /// <summary>They parse, as any name does, and fail when run.</summary>
        private static readonly HashSet<string> SqliteFunctions = new(
            ["LENGTH", "SUBSTR", "IFNULL", "INSTR", "GROUP_CONCAT", "TOTAL", "PRINTF", "HEX", "UNHEX", "TYPEOF", "RANDOM", "ZEROBLOB", "STRFTIME", "JULIANDAY", "UNIXEPOCH", "JSON_EXTRACT", "JSON_EACH", "GLOB", "CHANGES", "LAST_INSERT_ROWID"],
            StringComparer.OrdinalIgnoreCase);

        private static readonly HashSet<string> IntFunctions = new(["COUNT", "LEN", "CHARINDEX"], StringComparer.OrdinalIgnoreCase);

        public List<(TSqlFragment Where, string What)> Found { get; } = [];

        public override void Visit(MergeStatement node) => Refuse(node, "MERGE");

        public override void Visit(CreateOrAlterProcedureStatement node) => Refuse(node, "CREATE OR ALTER");

        public override void Visit(CreateOrAlterFunctionStatement node) => Refuse(node, "CREATE OR ALTER");

        public override void Visit(CreateOrAlterViewStatement node) => Refuse(node, "CREATE OR ALTER");

        public override void Visit(CreateOrAlterTriggerStatement node) => Refuse(node, "CREATE OR ALTER");

        public override void Visit(DataTypeReference node)
        {
            if (node.Name?.BaseIdentifier.Value is { } name && ClrTypes.Contains(name)) Refuse(node, "a CLR type");
        }

        public override void Visit(CreateAssemblyStatement node) => Refuse(node, "CLR");

        public override void Visit(MemoryOptimizedTableOption node) => Refuse(node, "a memory-optimised table");

        public override void Visit(SystemVersioningTableOption node) => Refuse(node, "a temporal table");

        public override void Visit(TemporalClause node) => Refuse(node, "a temporal table");

        public override void Visit(SystemTimePeriodDefinition node) => Refuse(node, "a temporal table");

        public override void Visit(ViewOption node)
        {
            if (node.OptionKind == ViewOptionKind.SchemaBinding) Refuse(node, "a view made to be indexed");
        }

        public override void Visit(FunctionCall node)
        {
            if (Is(node.FunctionName, "MIN_ACTIVE_ROWVERSION")) Refuse(node, "MIN_ACTIVE_ROWVERSION");
            if (SqliteFunctions.Contains(node.FunctionName.Value)) Refuse(node, $"a function of SQLite alone ({node.FunctionName.Value})");
        }

        public override void Visit(SelectScalarExpression node)
        {
            if (node.ColumnName is not null && IsInt(node.Expression)) Refuse(node, "an INT where a row holds BIGINT: CAST it");
        }

        public override void Visit(UpdateSpecification node)
        {
            if ((node.OutputClause is not null || node.OutputIntoClause is not null) && node.FromClause is not null) Refuse(node, "UPDATE … OUTPUT … FROM");
        }

        public override void Visit(TableHint node) => Refuse(node, "a table hint");

        /// <summary>A text that begins with a word that is none is read as a call of a procedure of that name.</summary>
        public override void Visit(ExecuteStatement node) => Refuse(node, "EXEC, or a misspelt word");

        public override void Visit(ConstraintDefinition node)
        {
            if (node.ConstraintIdentifier is not null) Refuse(node, "a constraint with a name");
        }

        /// <summary>SQLite gives these as <c>long</c> too, so that only a run on SQL Server would tell. A scalar without a name is widened when read.</summary>
        private static bool IsInt(ScalarExpression? expression) => expression switch
        {
            IntegerLiteral => true,
            FunctionCall call => IntFunctions.Contains(call.FunctionName.Value),
            SearchedCaseExpression cases => cases.WhenClauses.All(when => IsInt(when.ThenExpression)) && (cases.ElseExpression is null or NullLiteral || IsInt(cases.ElseExpression)),
            _ => false,
        };

        private static bool Is(Identifier name, string wanted) => string.Equals(name.Value, wanted, StringComparison.OrdinalIgnoreCase);

        private void Refuse(TSqlFragment where, string what) => Found.Add((where, what));
    }
}

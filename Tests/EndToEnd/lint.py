"""Looks for mistakes in Python files without running them, with nothing but the standard library.

    lint.py FOLDER

Prints PATH:LINE: MISTAKE for each and exits 1 if there was one: a name of a module that is bound
twice, an import that nothing uses, a name that is bound nowhere, a line over 120 characters.
"""
import ast
import builtins
import pathlib
import symtable
import sys

LONGEST_LINE = 120
# What the interpreter binds in every module.
IMPLICIT = {"__file__", "__name__", "__doc__", "__builtins__"}


def bound_names(statement):
    """(name, line) of what a statement of a module binds, unless it is meant to be bound again."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        if not statement.decorator_list:
            yield statement.name, statement.lineno
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id, statement.lineno
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        for alias in statement.names:
            yield (alias.asname or alias.name), statement.lineno


def reads(node):
    """Names that are read in a tree."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def bound_twice(tree):
    bound = {}
    for statement in tree.body:
        used = reads(statement)
        for name, line in bound_names(statement):
            if name in bound and name not in used:
                yield line, f"{name} is already bound in line {bound[name]}"
            bound[name] = line


def unused_imports(tree, lines):
    """An import for its effect says so: `# noqa: F401`."""
    used = reads(tree)
    for node in ast.walk(tree):
        is_import = isinstance(node, (ast.Import, ast.ImportFrom))
        if is_import and "noqa: F401" not in lines[node.lineno - 1]:
            for alias in node.names:
                name = (alias.asname or alias.name).partition(".")[0]
                if name not in used and name != "*":
                    yield node.lineno, f"nothing uses the import {name}"


def global_reads(table):
    """Names that a scope or one inside it takes from the module."""
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or is_module):
            yield symbol.get_name()
    for child in table.get_children():
        yield from global_reads(child)


def module_names(table):
    """What a module binds, also in functions that declare a name global."""
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        binds = symbol.is_assigned() or symbol.is_imported()
        if binds and (is_module or symbol.is_declared_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from module_names(child)


def unbound_names(text, path, tree):
    table = symtable.symtable(text, path, "exec")
    known = set(module_names(table)) | set(dir(builtins)) | IMPLICIT
    unbound = set(global_reads(table)) - known
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in unbound:
            yield node.lineno, f"{node.id} is bound nowhere"


def long_lines(text):
    for line, content in enumerate(text.splitlines(), 1):
        if len(content) > LONGEST_LINE:
            yield line, f"{len(content)} characters, more than {LONGEST_LINE}"


def mistakes(path):
    text = path.read_text()
    tree = ast.parse(text, str(path))
    return sorted([*bound_twice(tree), *unused_imports(tree, text.splitlines()),
                   *unbound_names(text, str(path), tree), *long_lines(text)])


def main(folder):
    files = sorted(pathlib.Path(folder).rglob("*.py"))
    found = [(path, *mistake) for path in files for mistake in mistakes(path)]
    for path, line, mistake in found:
        print(f"{path}:{line}: {mistake}")
    print(f"{len(files)} files")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Judges what inject-envoy prints, with code that is not ours.

    oracle.py model INPUT OUTPUT …           what botocore's model of RegisterTaskDefinition finds
                                             in the output, and not in the input already
    oracle.py patch INPUT REPORT OUTPUT …    the report's edits, as RFC 6902, lead to the output

Prints a line for each problem.
"""
import json
import sys


def model(files):
    import botocore.session
    from botocore.validate import ParamValidator
    ecs = botocore.session.get_session().get_service_model("ecs")
    shape = ecs.operation_model("RegisterTaskDefinition").input_shape

    def problems(file):
        return ParamValidator().validate(read(file), shape).generate_report().splitlines()

    for before, after in zip(files[::2], files[1::2]):
        known = problems(before)
        yield from (f"{after}: {problem}" for problem in problems(after) if problem not in known)


def patch(files):
    import jsonpatch
    for before, report, after in zip(files[::3], files[1::3], files[2::3]):
        operations = []
        for edit in read(report)["edits"]:
            operation = {"op": edit["op"], "path": edit["pointer"]}
            if "before" in edit:
                operations.append({**operation, "op": "test", "value": edit["before"]})
            if "after" in edit:
                operation["value"] = edit["after"]
            operations.append(operation)
        try:
            if jsonpatch.apply_patch(read(before), operations) != read(after):
                yield f"{before}: the edits lead to something else"
        except jsonpatch.JsonPatchException as error:
            yield f"{before}: {error!r}"


def read(file):
    with open(file, encoding="utf-8-sig") as stream:
        return json.load(stream)


if __name__ == "__main__":
    for problem in {"model": model, "patch": patch}[sys.argv[1]](sys.argv[2:]):
        print(problem)

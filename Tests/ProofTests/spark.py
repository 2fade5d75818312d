#!/usr/bin/env python3
"""Injects 100,000 lines on Spark and joins each result to its key, by the recipe of the article "Operations".

    spark.py RECIPE

RECIPE is the file with the article's function. The program `inject-envoy` is the one on the PATH.
Prints the numbers of results by their kind as JSON. Ends with an exception if one stands beside another key.
"""

import importlib.util
import json
import os
import sys

COUNT = 100_000


def line(key):
    """The document of a key. Some lines are blank, some are broken, and some are task definitions that are refused."""
    if key % 1000 == 7:
        return ""
    if key % 1000 == 8:
        return f'{{"family": "task-{key}"'
    network = "bridge" if key % 1000 == 9 else "awsvpc"
    container = {"name": "app", "image": "web:7", "portMappings": [{"containerPort": 8080}]}
    return json.dumps(
        {"family": f"task-{key}", "networkMode": network, "containerDefinitions": [container]}
    )


def kind(pair):
    """What the result of a key is. It must be that of the line of this key."""
    key, result = pair
    if not result:
        assert key % 1000 == 7, pair
        return "blank"
    result = json.loads(result)
    if "error" in result:
        (code,) = {finding["code"] for finding in result["error"] if finding["severity"] == "error"}
        assert code == {8: "syntax", 9: "not-awsvpc"}[key % 1000], pair
        return code
    assert result["family"] == f"task-{key}", pair
    assert [container["name"] for container in result["containerDefinitions"]] == ["app", "envoy"]
    return "injected"


def recipe(path):
    spec = importlib.util.spec_from_file_location("recipe", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(path):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    documents = session.sparkContext.range(COUNT, numSlices=4).map(lambda key: (key, line(key)))
    kinds = recipe(path).injected(documents).map(kind).countByValue()
    print(json.dumps(kinds, sort_keys=True))
    session.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])

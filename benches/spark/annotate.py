"""Annotates a folder of documents with Apache Spark, for `seedbed build --annotations`.

usage: spark-submit annotate.py SEEDBED SITE DOCUMENTS ANNOTATED

Spark reads the documents, hands each partition to one `seedbed annotate` as lines of JSON, and writes its answers as they are. On a
cluster, SEEDBED and SITE must be at the same place on every machine, DOCUMENTS and ANNOTATED where every machine can reach them.
"""

import json
import shlex
import sys
from pathlib import PurePosixPath
from urllib.parse import unquote, urlparse

from pyspark.sql import SparkSession

# Small enough that a machine that fails repeats little, large enough that the vocabulary is not read for a few documents only.
DOCUMENTS_OF_A_PARTITION = 2500


def path_of(address):
    return unquote(urlparse(address).path)


def line(root, file):
    """A file as a line of JSON: its id is its path below the folder."""
    address, text = file
    identifier = str(PurePosixPath(path_of(address)).relative_to(root))
    return identifier, json.dumps({"id": identifier, "text": bytes(text).decode("utf-8")})


def main(seedbed, site, documents, annotated):
    spark = SparkSession.builder.appName("seedbed annotate").getOrCreate()
    root = PurePosixPath(path_of(documents)).as_posix()
    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.{txt,md,markdown}")
        .load(documents)
        .select("path", "content")
        .rdd.map(lambda row: line(root, (row.path, row.content)))
    )
    count = files.count()
    partitions = max(spark.sparkContext.defaultParallelism, count // DOCUMENTS_OF_A_PARTITION)
    command = f"{shlex.quote(seedbed)} annotate --site {shlex.quote(site)}"
    answers = files.values().repartition(partitions).pipe(command, checkCode=True)
    answers.saveAsTextFile(annotated)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])

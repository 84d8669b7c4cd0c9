#!/usr/bin/env python3
"""datatrove doing the least it can: read, filter by length, write zstd. One task, one worker.

Prints one line of JSON. The input is unpacked before the timing, since its reader takes .jsonl and .jsonl.gz. It
writes zstd (at its own level, which cannot be set), since Warraq does, too; its default, gzip, is four times as slow.
"""

import json
import os
import shutil
import tempfile

from articles import arguments, sample, text_bytes, timed


def main():
    options = arguments("datatrove, reading, filtering and writing.")
    raw_lines = sample(options.input, options.articles)
    os.environ["DATATROVE_COLORIZE_LOGS"] = "0"
    from datatrove.executor.local import LocalPipelineExecutor
    from datatrove.pipeline.filters import LambdaFilter
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    from datatrove.utils.logging import logger
    import datatrove

    logger.remove()
    folder = tempfile.mkdtemp()
    try:
        source = os.path.join(folder, "input")
        os.mkdir(source)
        with open(os.path.join(source, "articles.jsonl"), "wb") as file:
            file.writelines(raw_lines)
        result = {"peer": "datatrove", "bytes": text_bytes(raw_lines), "articles": len(raw_lines)}
        executor = LocalPipelineExecutor(
            pipeline=[
                JsonlReader(source),
                LambdaFilter(lambda document: len(document.text) > 100),
                JsonlWriter(options.output, compression="zstd", output_filename="${rank}.jsonl.zst"),
            ],
            tasks=1,
            workers=1,
            logging_dir=os.path.join(folder, "logs"),
        )
        with timed(result):
            executor.run()
        result["outputBytes"] = sum(
            os.path.getsize(os.path.join(parent, name))
            for parent, _, names in os.walk(options.output)
            for name in names
        )
        result["versions"] = {"datatrove": getattr(datatrove, "__version__", "unknown")}
        print(json.dumps(result))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

"""One engine beside which the service is measured, as a process:

    peer.py ENGINE file SOURCE ACCEPTED REJECTED     the rules over a file on disk
    peer.py ENGINE s3 BUCKET KEY                     the same from S3 and back
    peer.py ENGINE worker BUCKET QUEUE-URL           a bare worker: each file that the queue announces, until SIGTERM

ENGINE is duckdb, polars or pandas. A worker reads, decides, writes both outputs and deletes the message; there is no
receipt, no backup and no commit, and a crash between two steps leaves what it leaves.
"""

import importlib
import pathlib
import sys


def main() -> None:
    engine, mode, *arguments = sys.argv[1:]
    decide = importlib.import_module(f"{engine}_engine").Engine().decide
    if mode == "file":
        decide(*map(pathlib.Path, arguments))
        return
    # The SDK takes time to load, and who reads a file from disk needs none.
    peer_s3 = importlib.import_module("peer_s3")
    if mode == "s3":
        peer_s3.whole_file(decide, *arguments)
    else:
        peer_s3.work(decide, *arguments)


if __name__ == "__main__":
    main()

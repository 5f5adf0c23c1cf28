"""nginx with the configuration of deploy/, on loopback and without a certificate, where nginx is installed."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.free_port import free_port

_DEPLOYED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
COMMAND = shutil.which("nginx")


@asynccontextmanager
async def nginx(folder: Path, ports: Sequence[int]) -> AsyncIterator[str]:
    """nginx in front of these ports; gives its address."""
    assert COMMAND is not None
    port = free_port()
    config = folder / "nginx.conf"
    await asyncio.to_thread(config.write_text, _adapted(folder, port, ports))
    process = await asyncio.create_subprocess_exec(
        COMMAND, "-e", folder / "nginx.log", "-p", folder, "-c", config, "-g", "daemon off;"
    )
    await asyncio.sleep(0.5)
    assert process.returncode is None, await asyncio.to_thread((folder / "nginx.log").read_text)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


def _adapted(folder: Path, port: int, ports: Sequence[int]) -> str:
    text = _DEPLOYED.read_text()
    servers = "\n".join(f"server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;" for one in ports)
    text = re.sub(r"^ *server bot:.*$", servers, text, flags=re.MULTILINE)
    text = re.sub(r"^ *(resolver|ssl_certificate|ssl_certificate_key|ssl_protocols) .*$", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace("default 0;", "default 1;")
    text = text.replace("/tmp/nginx.pid", str(folder / "nginx.pid"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    return text.replace("http {", "http {\n" + paths)

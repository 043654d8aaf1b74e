"""The hub of the tests: each user of the system has a separate server, and every password is accepted."""

import os
from pathlib import Path

c = get_config()  # noqa: F821  (JupyterHub provides it)
PLACE = Path("/srv")

c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['HUB_PORT']}"
c.JupyterHub.hub_port = int(os.environ["HUB_API_PORT"])
c.JupyterHub.db_url = "sqlite:////srv/hub/hub.sqlite"
c.JupyterHub.cookie_secret_file = "/srv/hub/cookie_secret"
c.ConfigurableHTTPProxy.command = [os.environ["HUB_NODE"], os.environ["HUB_PROXY"]]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['HUB_PROXY_PORT']}"
c.ConfigurableHTTPProxy.pid_file = "/srv/hub/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120


def own_environment(spawner):
    """Use the environment with the wheel for students, and the clone's environment for the instructor."""
    if spawner.user.name == "prof":
        spawner.cmd = ["/srv/people/prof/course/.venv/bin/jupyterhub-singleuser"]
    else:
        spawner.cmd = ["/srv/students-env/bin/jupyterhub-singleuser"]


c.Spawner.pre_spawn_hook = own_environment

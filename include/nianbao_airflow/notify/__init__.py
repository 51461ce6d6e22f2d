"""Alerts and digests for people: e-mail and the group robots of WeCom, DingTalk and Feishu.

    alerts ─▶ render   an event and `alerts.yaml` → a message in Chinese
       ├────▶ memory   what was told lately is not told again
       └────▶ send ─▶ channels (addresses) ─▶ robots (bodies, signatures), post, mail

Nothing here raises into a task: a message that can't be sent is a warning in the task's log.
"""

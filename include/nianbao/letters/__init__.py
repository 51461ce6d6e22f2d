"""Letters of a disclosure office: the 整改通知单 for an agency, and the 通报 on a place."""

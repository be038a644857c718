"""The paper: drafting, advice, approval, signed documents, publication and the public register."""

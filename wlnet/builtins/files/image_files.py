"""The formats of files that hold images. They are known from the start; what reads them is loaded at the first use."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.files.data_formats import Format, Options, Write, add_format
from wlnet.errors import FormatError
from wlnet.kernel import Kernel
from wlnet.terms import Expression, Image, S, Term, elements, is_list, list_of, to_list

#: Format → extensions.
FORMATS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "TIFF": (".tif", ".tiff"),
    "BMP": (".bmp",),
    "WebP": (".webp",),
    "TGA": (".tga",),
    "PNM": (".pnm", ".pbm", ".pgm", ".ppm"),
}


def data_of(image: Image) -> Term:
    """Gives the expression that gives the numbers of the pixels as they are stored."""
    return Expression(S.ImageData, (image, image.type_name))


#: Element of Import → function(images of the file).
ELEMENTS: dict[str, Callable[[list[Image]], Term]] = {
    "Image": lambda images: images[0],
    "ImageList": to_list,
    "Data": lambda images: data_of(images[0]),
    "ImageSize": lambda images: list_of(*images[0].size),
    "ColorSpace": lambda images: images[0].space,
    "ImageCount": len,
    "Elements": lambda images: list_of(*ELEMENTS),
}


def read_image(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.images.files import read_images

    kernel.load_rest()
    element = wanted[0] if wanted else "Image"
    if type(element) is not str or element not in ELEMENTS or len(wanted) > 1:
        raise LookupError(f"the elements are {', '.join(ELEMENTS)}")
    try:
        return ELEMENTS[element](read_images(data))
    except FormatError as error:
        raise ValueError(str(error).removeprefix("the data: ")) from None


def writing(name: str) -> Write:
    def write(kernel: Kernel, term: Term) -> bytes:
        from wlnet.images.files import image_bytes

        images = elements(term) if is_list(term) else (term,)
        if not images or any(type(image) is not Image for image in images):
            raise TypeError("an image or a list of images is expected")
        if len(images) == 1 and images[0].is_solid:
            images = tuple(Image(pixels, images[0].space) for pixels in images[0].pixels)
        try:
            return image_bytes(images, name)
        except FormatError as error:
            raise ValueError(str(error)) from None

    return write


for _name, _extensions in FORMATS.items():
    add_format(Format(_name, _extensions, read_image, writing(_name), is_binary=True))

"""Lambert's azimuthal equal-area projection of the sphere, there and back.

Formulae: J. P. Snyder, *Map Projections: A Working Manual* (US Geological Survey
Professional Paper 1395, 1987), section 24, for the sphere in the oblique aspect.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

#: The mean radius of the Earth in kilometres.
RADIUS = 6371.0
SMALLEST = 1e-12

Point = tuple[float, float]


@dataclass(frozen=True)
class Projection:
    """The projection around a centre, given in decimal degrees."""

    longitude: float
    latitude: float

    def project(self, longitude: float, latitude: float) -> Point:
        """Return kilometres east and north of the centre."""
        across, up, middle = radians(longitude - self.longitude), radians(latitude), self._middle
        cosine = sin(middle) * sin(up) + cos(middle) * cos(up) * cos(across)
        # At the opposite end of the Earth the sum is 0, or less by a rounding.
        scale = RADIUS * sqrt(2 / max(1 + cosine, SMALLEST))
        north = cos(middle) * sin(up) - sin(middle) * cos(up) * cos(across)
        return scale * cos(up) * sin(across), scale * north

    def unproject(self, east: float, north: float) -> Point:
        """Return the longitude and latitude, in degrees, of a point of the plane."""
        distance = hypot(east, north)
        if distance == 0:
            return self.longitude, self.latitude
        angle, middle = 2 * asin(distance / (2 * RADIUS)), self._middle
        up = cos(angle) * sin(middle) + north * sin(angle) * cos(middle) / distance
        across = atan2(
            east * sin(angle),
            distance * cos(middle) * cos(angle) - north * sin(middle) * sin(angle),
        )
        return self.longitude + degrees(across), degrees(asin(up))

    @property
    def _middle(self) -> float:
        return radians(self.latitude)

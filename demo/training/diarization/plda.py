"""Estimate how embeddings vary within a speaker and between speakers (PLDA).

The clustering of pyannote.audio normalises embeddings twice, reduces them by linear discriminants
in between, and then measures them in a space where the variation within a speaker is the identity.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Plda:
    """The parameters, under the names that pyannote.audio reads them by.

    Attributes:
        mean1: (dimension,) mean of the embeddings.
        lda: (dimension, reduced) linear discriminants.
        mean2: (reduced,) mean of the reduced embeddings.
        mu: (reduced,) mean of the reduced and normalised embeddings.
        tr: (reduced, reduced) rows that whiten the variation within a speaker.
        psi: (reduced,) variance between speakers along these rows.
    """

    mean1: Matrix
    lda: Matrix
    mean2: Matrix
    mu: Matrix
    tr: Matrix
    psi: Matrix


def estimate_plda(embeddings: Matrix, labels: npt.NDArray[np.int64], reduced: int = 32) -> Plda:
    """Estimate the parameters from embeddings of many speakers.

    Args:
        embeddings: (item, dimension), several for each speaker.
        labels: (item,) index of the speaker.
        reduced: Dimension of the space in which speakers are compared.
    """
    mean1 = embeddings.mean(axis=0)
    first = _normalised(embeddings - mean1)
    _, discriminants = _joint_axes(first, labels)
    lda = discriminants[:, :reduced]
    mean2 = (first @ lda).mean(axis=0)
    second = _normalised(first @ lda - mean2)
    psi, axes = _joint_axes(second, labels)
    return Plda(mean1, lda, mean2, second.mean(axis=0), axes.T, psi)


def _joint_axes(points: Matrix, labels: npt.NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """Find the axes on which speakers differ most compared with themselves.

    Returns:
        (axis,) variance between speakers where the variance within is 1, falling, and the axes
        as columns.
    """
    means, scatters = [], []
    for label in np.unique(labels):
        own = points[labels == label]
        means.append(own.mean(axis=0))
        scatters.append(np.cov(own.T))
    # Every speaker counts the same, however often he is heard.
    within = np.mean(scatters, axis=0) + 1e-4 * np.eye(points.shape[1])
    between = np.cov(np.array(means).T) + 1e-6 * np.eye(points.shape[1])
    variances, axes = eigh(between, within)
    return variances[::-1], axes[:, ::-1]


def _normalised(points: Matrix) -> Matrix:
    """Scale each row to a length of the square root of its dimension."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    scaled: Matrix = points / lengths * np.sqrt(points.shape[1])
    return scaled

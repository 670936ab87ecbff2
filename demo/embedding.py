"""Define the small speaker-embedding network that the demo diarization checkpoint names.

A pyannote.audio checkpoint records the module and class of its architecture, and loading imports
them: this module must stay importable under this name for as long as the checkpoint ships.
"""

from pyannote.audio.models.embedding.wespeaker import BaseWeSpeakerResNet
from pyannote.audio.models.embedding.wespeaker.resnet import BasicBlock, ResNet


class SmallSpeakerEmbedding(BaseWeSpeakerResNet):  # type: ignore[misc]  # untyped base
    """A WeSpeaker residual network, narrow and shallow enough to train on a CPU in minutes.

    Waveforms (batch, 1, sample) at 16 kHz become embeddings (batch, dimension).
    """

    def __init__(
        self,
        sample_rate: int = 16000,
        num_channels: int = 1,
        num_mel_bins: int = 40,
        width: int = 8,
        embedding_size: int = 64,
    ) -> None:
        """Build the network with random weights.

        Args:
            sample_rate: Rate of the waveforms in hertz.
            num_channels: Channels of the waveforms; pyannote.audio takes 1 only.
            num_mel_bins: Size of a frame of the filter bank.
            width: Channels of the first residual stage; each later stage doubles them.
            embedding_size: Size of an embedding.
        """
        super().__init__(
            sample_rate=sample_rate, num_channels=num_channels, num_mel_bins=num_mel_bins
        )
        self.save_hyperparameters("width", "embedding_size")
        self.resnet = ResNet(
            BasicBlock,
            [1, 1, 1, 1],
            m_channels=width,
            feat_dim=num_mel_bins,
            embed_dim=embedding_size,
            pooling_func="TSTP",
            two_emb_layer=False,
        )

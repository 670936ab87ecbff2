// Unpack Chromium, and the libraries that a bare machine lacks, into the folder named by TMPDIR.
import { inflate } from "@sparticuz/chromium";

for (const name of ["al2023.tar.br", "fonts.tar.br", "chromium.br"]) {
  await inflate(`node_modules/@sparticuz/chromium/bin/${name}`);
}

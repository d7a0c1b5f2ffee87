// The smallest portrait there is: one grey tile of 8 by 8 pixels as a baseline JPEG, put together segment by segment.
const segment = (marker, content) => [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content];

const quantisation = segment(0xdb, [0, ...Array(64).fill(1)]);
const frame = segment(0xc0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
/** One code word of one bit, for the symbol 0: "no difference" in the DC table, "end of block" in the AC table. */
const huffman = (tableClass) => segment(0xc4, [tableClass << 4, 1, ...Array(15).fill(0), 0]);
const scan = segment(0xda, [1, 1, 0, 0, 63, 0]);
const twoZeroBitsAndPadding = 0x3f;

export const portrait = Uint8Array.from([
  0xff,
  0xd8,
  ...quantisation,
  ...frame,
  ...huffman(0),
  ...huffman(1),
  ...scan,
  twoZeroBitsAndPadding,
  0xff,
  0xd9,
]);

export const portraitDataUrl = `data:image/jpeg;base64,${Buffer.from(portrait).toString('base64')}`;

/**
 * One key of 32 octets (00 to 1f), encrypted by the openssl command (3.0) to the RSA key below: an encoder that is not ours.
 * Digest and mask differ where only some identity providers can.
 */
export const oaepVectors = [
  {
    digest: 'sha1',
    maskDigest: 'sha1',
    label: '',
    octets:
      'UeJTKDthH/g1c6BWHKfH7uejJp1vDpZN9qscYCPtHVhR8Q9FNHl/KwEW5eO1/+54ex/NkPIFS1dejQynMIt81ES/Ptnc+lmXyK7iRqa04pUvEw60rl2rFb2NJz309JylpQQefKC9/NVdo1xQ1oClk9ZNMwMjoN82xO6NraeVnF0BOYwRWRKPS+JjvQuujQOE8fJrhhrxGaZ7xB1Lxa1d8ICXM0dWWnEkL+bPnx/ZASUD/Z9CFaVAfuSLMATANtwX9C3UBuBi1s97VEMkJrTGOc9PD51+f2DDbgGfCPKJIzirBpm5gXUEMfypyPn8m8ijy98WYABz6MZuc1W7DJogcg==',
  },
  {
    digest: 'sha256',
    maskDigest: 'sha1',
    label: '',
    octets:
      'J4ZRs9pcTJI9p0jIHYbFyWmrigWD3xXUt29BSisxwXT3ac4MSe/iXNipaVTiee5pmC6FR1lk6j8naN3kxAK7GrF7a5B1Y0g2WBgiUt3YS6YssH5avm7nFmTKlKbqdenWj100W9jxELFKOLxAsy0+aAfc8LtJdfmnI5Xsw6wYxW5BgfODH/UVnZo2qydijbTd5KlcnrfAs0m42R3DzvNVteJZ403CXzGcSfcSflmFitljN4EXkf4jUfixll+YsVotJJ9TB7rsw3nhqY78se1O9pq+aAgpxthxj1+7xzE8AyXf1yuUkMy2tG3vw2XXRNwVVmCPfrcr2uDngdIV5n4U0Q==',
  },
  {
    digest: 'sha1',
    maskDigest: 'sha256',
    label: '',
    octets:
      'p5rLltxM89c0aBj3VtKH+ia8MuIeUr0ZwHSb6SHNClpDvS/LMSO+PA4Q421TPsR7e5fuhdVFdfciA7k1g6Zk4lSKH57vtGAoXfBYdaVEBdZC50/v2DX9w23GqsQYv8syvFDMPAASVoowFexoEhBWvgDSg4b1hTg289ohNmirN/zkOrP6cv2ZJTn0zW1eMTc7p8pftFEjHNiOWzRIm4FVhgsbYA4nRCWgP0hCTjrwHnx+fdH9vIEkvvRO5Fw2wP5fOoFptNY8ijOyN07CXoB9wbh3dpcYOwsiDpkIFc3SbjQDXC3Z/xGbtdZX3Lo789zx3KNblhwxG8c5OWWKR2xs2w==',
  },
  {
    digest: 'sha256',
    maskDigest: 'sha256',
    label: '',
    octets:
      'jXCWsopkuT+vb1/+aJOcuvI6SXffDnKQ/VM6TDrnV22a1Me2iO4p18KoFpohsgNcHOgvU02LO7NR8nRxLmHyICLKrkKT+ONTUcf/E1l0nKgsCiqW72Cj+iuN1v0dizJ+kcstYo7rW8wAgE/Ob6lM9H1PBOXrYe7b08TQXV4riY33M5bK+u1GNY8WOMSGazrAz7V2HhDWBfdKK4TKAC69eZOgqPvk1VICUd9WfhWhUbNxGTvmyW6mVQ5xzC8dhP3jd4V5yHGldhMPt2OJ3D3dxOgfeY0OTnVdbZzHNXg9fl3KkEgwOuyBWFqylg3AIJr4j5LgvYnuMkVXTRrzYkIrzA==',
  },
  {
    digest: 'sha512',
    maskDigest: 'sha1',
    label: '',
    octets:
      'GjQ77JtOnXlPn3a1vdEn6M5nUNPPo5W+yN0plCPPwwydCpGTrzGGmO5i0owiVfGS50fQZViwTYgdUGvB4lM5ja0VMr8PIkq/we2Zv29k1dgTLHNkC+n7ZmDQUvaoFA3YAhGXUewijYR0uuCqBnBGOe+gWH69nXonqLfKhuy7wWFpl48rANojKDCSicKgGq4Mpdu3Qsa3qAZp/40nv6SRrSsx09xungah30hemhtK8PN438UwQGJLQbUk6cjf01aJhrJvBbnj9DmHqCqfSKCPTiFZr4v/kLdc0x1ABvJGkx1Evhsbt8wF/RklW16m4+gXx00Ak5rRceurwLKTq/VSig==',
  },
  {
    digest: 'sha256',
    maskDigest: 'sha1',
    label: 'label',
    octets:
      'DrIrk81RpVYT2ystQzFY2W3hbq9F0vvloDB87x1pbHNn1i3slzfwbr3DqAlXWAe3xB8oAP62gJCCybqvDluxxuF4QtWlRFASTFfUvYd7bM20dUx5N0FOXIFkvpXO00R0ty+JC4F8UXVZ744utxfDb6IJEh8cQzVsIAe1a3KDu0FuvhS7KMsHd+L5+iWDMSfbmTJxxzB5hRtpXvMRL6XuOflpqbrbkvJIPcvUEhYYoTxk6xom/SMhBy5umkOtsPFzFtBT7w/H+ej9iIpWzVgKj3zWEIR7rhbdJoEkkWC+ei5tDe8NBSBPhzSd6AMSB2dho8CfOckvNozSriqDLhzMEA==',
  },
];

/** Made for these vectors, of no other use. */
export const oaepKeyPem = `-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC7Jyc0dmLhNtKo
4VS3Raglv3DEw3ivkaQXXqUXqWGfqsFSVPlhdx/OOImoqsq46M4lcXOP0s8VpoK7
PvvtslL3Yixn36T9ybihbf5hD9/FD+LRjUrb6b5gUkaalpryDWM4jiI2x4eR4SjB
9huUn0/cn9YNQw/d2u34CpOK/mnvzuXaPHEXBGHHFONXeGP9TIUWSIV7JixpUs9K
EF65ZRWtmFQH7wHiHnV7m1PA41jxL7mSoJnON5wQYv0+WaLcpfXBEmXxC5HSnr79
xjo/ZrEjMi5ZV44VC+J+2hHbWqweZnA8Ph+w4bN0ea7vAxXDTXNPcDHJtrHgvLMB
NCbCk7FdAgMBAAECggEAKbXKKQkRdHwRaw39IXNmzDLkYRXnecmNtp+jT6iyVzFp
MH47rhssfXtgQrT9xUQtXW7xgGZNPNgFXtHkt878aqH4n5XaYa1pdqDbBqrRBkxK
EsXYnzZy9Wigz6ctFTEioeIbgfXqIvr5aHD/KJpw5AzDWeVOTfWS/6rrwxh8Z7Nl
NQ1grWgFZluBR9Ww+8w8+mCNt7Pk93sl2wkv+Tfj7lrWxVwC0deBbi2P8hIbf+kW
gjLdrIptwPRbeJDU9JIw6zWsLfESMPpdNbTATYdP6QPLRSiflKsBof4orVZTl9zV
LkUhiNf20zda1ys3m8KmiF6yDutjUeVUGFNIjQ7wiQKBgQDfMnbuJcA/rVlLDOYM
k57FIzia8xoNIN+uDCh6wZyTG7XyVGmQ5CWVxNbvxyAZVrzqhWz1LnAvBlEXGN7Z
2VGOBSYj0GQV88V0MMdq8fETNblbHjxGTx2jtZgDSjZ0WhqPMFxngUm5eEg3zfL2
NsJloin1374qredMuZKqjBdaFwKBgQDWqJFJH+A3BWuti69jD0mxHF01cAHN9+2w
yPtu2FeUp0nyXbH0+Sn/VpitCOe2VMkjwTcmlH1i9F6XA13fvQ+sT3SGNZg7porN
hCdVB22Zb1pAwhoKXu5zR5i74hlMuc7JrloZQEnG0g4YQ3wubgqlKajnXsfebPoZ
8CWNu+AcqwKBgQCcWAotCW6gbDo3MyLWPnWh2+kjyRQ/i/6DOWsFiie2eFu8Etsb
rmSRg5+XuGFIvpR4ptvK5yuYFRGqXzaDXRIerIap4aiqI+b1W9HknPNkpGZhaE2K
ZpL5gROpgkugtxkRoiuoKU1OSO41gOMnCvajILPJ0l+wH7785KTTKGyXIwKBgGB5
FgK1TsGrr/8pPkPZBReSVdnEYys8eBjx2v6wQHxQyw0gSvB8YwGc27U4wVrStCtb
lPvD1K56gWCBZNk/USHx+76tq6NzcAJ5mGvAkONahkeAdM+gZq5syRn3vcMb5vIB
aADdQcsXcLo66j67uhEMrhp+IHm4pJavtVED1O9NAoGBAKHqwTG8zGr6oGXh1P/W
nftagCombk45jd4Af01Ty+mwRNqjkEni5ed/ARUFSiIQuPL7fZzpbRMLjZxpNqXB
5/0TDg86t1ewoClqxhSRcMgZ6UqXeB76Cc8O4UFPHEMvd4+4U7fEY7yeljgng4g6
TKvwuCP7GFI6OU7MzMpxrrNi
-----END PRIVATE KEY-----
`;

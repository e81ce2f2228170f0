"""Writes random blocks of every tensor type, and what the package gguf reads in them."""

import json

import numpy as np
from gguf import GGMLQuantizationType as T, quants

rng = np.random.default_rng(20250608)


def f16(shape, scale):
    return rng.uniform(-scale, scale, shape).astype(np.float16).view(np.uint8)


out = {}
# values and bytes of a block, and where its half floats lie
layouts = {
 'F32':None,'F16':None,'BF16':None,
 'Q4_0':(32,18,[0]),'Q4_1':(32,20,[0,2]),'Q5_0':(32,22,[0]),'Q5_1':(32,24,[0,2]),'Q8_0':(32,34,[0]),
 'Q2_K':(256,84,[80,82]),'Q3_K':(256,110,[108]),'Q4_K':(256,144,[0,2]),'Q5_K':(256,176,[0,2]),'Q6_K':(256,210,[208]),
 'IQ4_NL':(32,18,[0]),'IQ4_XS':(256,136,[0])}
for name,l in layouts.items():
    if l is None:
        bits=np.concatenate([rng.normal(0,1,12).astype(np.float32),np.array([0,-0.0,6e-8,65504,1e-5,-3.1e-5,np.inf],np.float32)])
        if name=='F32': raw=bits.view(np.uint8)
        elif name=='F16': raw=bits.astype(np.float16).view(np.uint8)
        else: raw=(bits.view(np.uint32)>>16).astype(np.uint16).view(np.uint8)
        blocks=raw.reshape(1,-1)
    else:
        n,b,pos=l
        count=3 if n==32 else 2
        blocks=rng.integers(0,256,(count,b),dtype=np.uint8)
        for p in pos: blocks[:,p:p+2]=f16((count,1),0.01 if n==256 else 0.1)
    y=quants.dequantize(blocks.copy(),T[name]).astype(np.float32).ravel()
    out[name]={'bytes':blocks.tobytes().hex(),'floats':y.astype('<f4').tobytes().hex()}
with open("training/src/test/resources/rft/gguf/blocks.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")

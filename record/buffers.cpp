#include "record/buffers.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace glasstls::record {

MutableView ReceiveBuffer::free_space() {
  if (!memory_) memory_ = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (capacity - begin_ < max_record_length) {  // the record at the front would not fit
    std::memmove(memory_.get(), memory_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  return {memory_.get() + end_, capacity - end_};
}

void ReceiveBuffer::commit(std::size_t size) {
  if (!memory_ || size > capacity - end_)
    throw std::logic_error("more was received than the buffer has room for");
  end_ += size;
}

void ReceiveBuffer::consume(std::size_t size) {
  if (size > end_ - begin_) throw std::logic_error("more was consumed than was received");
  begin_ += size;
}

void ReceiveBuffer::release() {
  if (!empty()) return;
  memory_.reset();
  begin_ = end_ = 0;
}

MutableView SendBuffer::prepare(std::size_t size) {
  if (end_ + size > size_) {
    const std::size_t grown = std::max({end_ + size, 2 * size_, capacity});
    auto memory = std::make_unique_for_overwrite<std::uint8_t[]>(grown);
    if (end_ != begin_) std::memcpy(memory.get(), memory_.get() + begin_, end_ - begin_);
    memory_ = std::move(memory);
    size_ = grown;
    end_ -= begin_;
    begin_ = 0;
  }
  return {memory_.get() + end_, size};
}

void SendBuffer::commit(std::size_t size) {
  if (size > size_ - end_) throw std::logic_error("more is to be sent than there was room for");
  end_ += size;
}

void SendBuffer::consume(std::size_t size) {
  if (size > end_ - begin_) throw std::logic_error("more was sent than there was to send");
  begin_ += size;
  if (begin_ == end_) begin_ = end_ = 0;
}

void SendBuffer::release() {
  if (!empty()) return;
  memory_.reset();
  size_ = begin_ = end_ = 0;
}

}  // namespace glasstls::record
